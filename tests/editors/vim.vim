" Driven by test_vim.py: waits for a finding, edits, waits again, and writes down what was seen.
set nocompatible
filetype plugin on
let &runtimepath .= ',/usr/share/vim-ale'
runtime plugin/ale.vim
execute 'source' fnameescape($PLUGIN)

function! Findings(words) abort
  return filter(copy(getloclist(0)), 'v:val.text =~# a:words')
endfunction

function! Wait(what, Ready) abort
  for _ in range(600)
    if !empty(a:Ready())
      return
    endif
    sleep 50m
  endfor
  call writefile(['waited in vain for ' . a:what, string(getloclist(0)), execute('messages')], $SEEN)
  cquit
endfunction

function! Play() abort
  let l:seen = {}
  call Wait('the first findings', {-> Findings('asks for the reason')})
  let l:found = Findings('asks for the reason')
  let l:seen.count = len(l:found)
  let l:seen.place = [l:found[0].lnum, l:found[0].col]
  call setline(5, 'Thank you for your time.')
  call append(5, ['', 'Send me your feedback by Friday.'])
  doautocmd TextChanged
  call Wait('the second finding', {-> Findings('reads as a demand')})
  let l:seen.second = Findings('reads as a demand')[0].lnum
  let l:seen.left = len(Findings('asks for the reason'))
  call writefile([json_encode(l:seen)], $SEEN)
  qall!
endfunction

autocmd VimEnter * call timer_start(500, {-> Play()})
