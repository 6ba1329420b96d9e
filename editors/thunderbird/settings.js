// What the user chose, and what holds until then.

export const DEFAULTS = { level: "warning", everything: false };

export async function settings() {
  return messenger.storage.local.get(DEFAULTS);
}
