/** Which documents are checked. */

import { languages, type TextDocument, type Uri, workspace } from "vscode";
import { excluded } from "./settings";

const LANGUAGES = [
  "plaintext",
  "markdown",
  "eml",
  "html",
  "jinja",
  "jinja-html",
  "jinja-md",
  "django-html",
  "django-txt",
  "handlebars",
  "mustache",
  "liquid",
  "erb",
];
// Whatever language an extension gives them. What a template becomes is told from the name before its own ending.
const TEMPLATES = "**/*.{txt,md,markdown,html,htm,eml}.{j2,jinja,jinja2,hbs,handlebars,mustache,erb,tmpl,tpl,liquid,template}";
const SCHEMES = ["file", "untitled"];

/** Documents of a scheme that are in a language, or have a name that fits a pattern; both here and in the protocol. */
type Filter = { scheme: string; language: string } | { scheme: string; pattern: string };

/** Mails and templates of mails, on the disk or not saved yet. */
export const DOCUMENTS = SCHEMES.flatMap((scheme): Filter[] => [
  ...LANGUAGES.map((language) => ({ scheme, language })),
  { scheme, pattern: TEMPLATES },
]);

/** Whether a document is one that the server is told of. */
export function isChecked(document: TextDocument): boolean {
  return languages.match(DOCUMENTS, document) > 0;
}

/** Whether nothing is to be said of an open document unless somebody asks. */
export function isExcluded(document: TextDocument | Uri): boolean {
  const open = "uri" in document ? document : workspace.textDocuments.find(({ uri }) => uri.toString() === document.toString());
  if (!open) return false;
  return languages.match(excluded(open.uri).map((pattern) => ({ pattern })), open) > 0;
}
