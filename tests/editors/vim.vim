" Driven by test_vim.py: waits for a finding, then does what $DOES says, and writes down what was seen.
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

function! Preview() abort
  let l:shown = filter(getwininfo(), {_, window -> getbufvar(window.bufnr, '&filetype') =~# '^ale-preview'})
  return empty(l:shown) ? [] : getbufline(l:shown[0].bufnr, 1, '$')
endfunction

function! Hover(seen) abort
  call cursor(5, 40)
  ALEHover
  call Wait('the explanation', {-> Preview()})
  let a:seen.hover = join(Preview(), "\n")
endfunction

" Takes the first of ALE's offers at the cursor.
function! TakeFirst() abort
  let l:before = b:changedtick
  call feedkeys("1\<CR>", 't') " the answer to what ALE will ask
  ALECodeAction
  call Wait('the edit', {-> b:changedtick > l:before ? ['changed'] : []})
endfunction

function! MendBesideEmoji(seen) abort
  call cursor(5, 40)
  call TakeFirst()
  let a:seen.mended = getline(5)
endfunction

function! Mend(seen) abort
  let l:found = Findings('asks for the reason')
  let a:seen.count = len(l:found)
  let a:seen.place = [l:found[0].lnum, l:found[0].col]
  call setline(5, 'Thank you for your time.')
  call append(5, ['', 'Send me your feedback by Friday.'])
  doautocmd TextChanged
  call Wait('the second finding', {-> Findings('reads as a demand')})
  let a:seen.second = Findings('reads as a demand')[0].lnum
  let a:seen.left = len(Findings('asks for the reason'))
  call cursor(7, 3)
  call TakeFirst()
  let a:seen.mended = getline(7)
endfunction

function! Play() abort
  let l:seen = {}
  call Wait('the first findings', {-> Findings('asks for the reason')})
  call call($DOES, [l:seen])
  call writefile([json_encode(l:seen)], $SEEN)
  qall!
endfunction

autocmd VimEnter * call timer_start(500, {-> Play()})
