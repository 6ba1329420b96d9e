" feedback-lint for Vim with ALE: copy this file to ~/.vim/plugin/feedback-lint.vim.
" Any of the settings in docs/editors.md can be set, for example:
"   let g:feedback_lint_settings = {'stage': 'follow-up'}
if exists('g:loaded_feedback_lint')
  finish
endif
let g:loaded_feedback_lint = 1
let g:feedback_lint_command = get(g:, 'feedback_lint_command', 'feedback-lint')
let g:feedback_lint_settings = get(g:, 'feedback_lint_settings', {})

function! FeedbackLintRoot(buffer) abort
  return fnamemodify(bufname(a:buffer), ':p:h')
endfunction

" ALE counts columns in bytes, and does not tell a server so.
function! s:Options(buffer) abort
  return extend({'editor': {'positionEncoding': 'utf-8'}}, g:feedback_lint_settings)
endfunction

function! s:Define() abort
  for l:filetype in ['text', 'mail', 'markdown', 'html']
    call ale#linter#Define(l:filetype, {
    \   'name': 'feedback-lint',
    \   'lsp': 'stdio',
    \   'executable': {buffer -> g:feedback_lint_command},
    \   'command': '%e lsp',
    \   'project_root': function('FeedbackLintRoot'),
    \   'language': l:filetype,
    \   'initialization_options': function('s:Options'),
    \})
  endfor
  " For plain text, ALE runs only what it is told to.
  let g:ale_linters = extend({'text': ['feedback-lint']}, get(g:, 'ale_linters', {}))
  call ale#Queue(0)
endfunction

augroup feedback_lint
  autocmd!
  autocmd VimEnter * call s:Define()
augroup END
if v:vim_did_enter
  call s:Define()
endif
