-- feedback-lint for Neovim 0.11 and newer: copy this file to ~/.config/nvim/lsp/feedback-lint.lua and put
--   vim.lsp.enable("feedback-lint")
-- into ~/.config/nvim/init.lua.
return {
  cmd = { "feedback-lint", "lsp" },
  filetypes = { "text", "mail", "markdown", "html", "htmldjango", "jinja", "handlebars", "eruby", "liquid", "mustache" },
  root_markers = { "feedback-lint.toml", "pyproject.toml", ".git" },
  -- Any of: stage, mode, select, ignore, reader, rejectedOn, model, config; see docs/editors.md.
  settings = { feedbackLint = vim.empty_dict() },
}
