-- Driven by test_neovim.py: waits for a finding, takes the first offer, types, and writes down what was seen.
local seen = {}
local function wait(what, ready)
  if not vim.wait(30000, ready, 20) then
    seen.failed = what
    vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SEEN)
    vim.cmd("cquit 1")
  end
end
local function findings(rule)
  return vim.tbl_filter(function(d) return d.code == rule end, vim.diagnostic.get(0))
end
wait("the first findings", function() return #findings("why-not-hired") > 0 end)
local client = vim.lsp.get_clients({ bufnr = 0 })[1]
seen.encoding = client.offset_encoding
local found = findings("why-not-hired")
seen.count = #found
seen.words = vim.api.nvim_buf_get_text(0, found[1].lnum, found[1].col, found[1].end_lnum, found[1].end_col, {})
vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col + 3 })
local hover = client:request_sync("textDocument/hover", vim.lsp.util.make_position_params(0, client.offset_encoding), 5000, 0)
seen.hover = hover.result.contents.value
local before = vim.b.changedtick
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action) return action.title:find("^Write “What could I do") ~= nil end,
})
wait("the edit", function() return vim.b.changedtick > before end)
seen.line = vim.api.nvim_buf_get_lines(0, 4, 5, false)[1]
wait("that the finding goes", function() return #findings("why-not-hired") == 0 end)
vim.api.nvim_buf_set_lines(0, 5, 5, false, { "", "Send me your feedback by Friday." })
wait("the second finding", function() return #findings("demanding") > 0 end)
seen.second = findings("demanding")[1].lnum
vim.lsp.codelens.refresh({ bufnr = 0 })
wait("the lens", function() return #vim.lsp.codelens.get(0) > 0 end)
seen.lenses = vim.tbl_map(function(lens) return lens.command.title end, vim.lsp.codelens.get(0))
vim.lsp.handlers["window/showMessage"] = function(_, result) seen.checklist = result.message end
vim.api.nvim_win_set_cursor(0, { 1, 0 })
vim.lsp.codelens.run()
wait("the checklist", function() return seen.checklist ~= nil end)
vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SEEN)
vim.cmd("qall!")
