;;; Driven by test_emacs.py: waits for a finding, takes the first offer, and writes down what was seen.  -*- lexical-binding: t; -*-

(require 'feedback-lint)
(require 'json)

(defvar seen nil)

(defun seen-in-time (what ready)
  "Wait until READY returns something, and return it; give up, naming WHAT, after 30 s."
  (let ((found nil) (end (+ (float-time) 30)))
    (while (not (setq found (funcall ready)))
      (when (> (float-time) end)
        (princ (format "waited in vain for %s; %S" what (flymake-diagnostics)))
        (kill-emacs 1))
      (accept-process-output nil 0.05)
      (flymake-start))
    found))

(defun sent ()
  "Send what was changed, which Emacs does when it is idle, as it never is in a batch."
  (eglot--signal-textDocument/didChange))

(defun findings (rule)
  "The diagnostics that speak of RULE's matter."
  (seq-filter (lambda (d) (string-match-p rule (flymake-diagnostic-text d))) (flymake-diagnostics)))

(find-file (getenv "DRAFT"))
(let ((eglot-sync-connect 30))
  (apply #'eglot (eglot--guess-contact)))
(flymake-mode 1)
(let* ((found (seen-in-time "the first findings" (lambda () (findings "asks for the reason"))))
       (first (car found)))
  (push (cons 'count (length found)) seen)
  (push (cons 'words (buffer-substring-no-properties (flymake-diagnostic-beg first) (flymake-diagnostic-end first))) seen)
  (goto-char (+ 3 (flymake-diagnostic-beg first))))
(let* ((server (eglot--current-server-or-lose))
       (hover (jsonrpc-request server :textDocument/hover (eglot--TextDocumentPositionParams)))
       (offers (jsonrpc-request server :textDocument/codeAction
                                (list :textDocument (eglot--TextDocumentIdentifier)
                                      :range (list :start (eglot--pos-to-lsp-position) :end (eglot--pos-to-lsp-position))
                                      :context (list :diagnostics [])))))
  (push (cons 'hover (plist-get (plist-get hover :contents) :value)) seen)
  (eglot--apply-workspace-edit (plist-get (aref offers 0) :edit)))
(push (cons 'text (buffer-substring-no-properties (point-min) (point-max))) seen)
(sent)
(seen-in-time "that the finding goes" (lambda () (not (findings "asks for the reason"))))
(goto-char (point-min))
(search-forward "Kind regards")
(goto-char (line-beginning-position))
(insert "Send me your feedback by Friday.\n\n")
(sent)
(let ((second (seen-in-time "the second finding" (lambda () (findings "reads as a demand")))))
  (push (cons 'second (buffer-substring-no-properties (flymake-diagnostic-beg (car second))
                                                      (flymake-diagnostic-end (car second)))) seen))
(with-temp-file (getenv "SEEN") (insert (json-encode seen)))
(set-buffer-modified-p nil)
(eglot-shutdown (eglot--current-server-or-lose) nil 10)
(kill-emacs 0)
