;;; feedback-lint.el --- Check mails that ask for feedback, with eglot  -*- lexical-binding: t; -*-

;;; Commentary:

;; For Emacs 28 and newer with eglot (part of Emacs since 29).  Put this file into a folder of your `load-path', and
;;
;;   (require 'feedback-lint)
;;   (add-hook 'text-mode-hook #'feedback-lint-ensure)
;;
;; into your init file.  Any of the settings in docs/editors.md can be set, for example:
;;
;;   (setq-default eglot-workspace-configuration '(:feedbackLint (:stage "follow-up")))

;;; Code:

(require 'eglot)

(defvar feedback-lint-command '("feedback-lint" "lsp")
  "The program of the language server, and what it is called with.")

(add-to-list 'eglot-server-programs (cons '(text-mode mail-mode message-mode markdown-mode mhtml-mode html-mode)
                                          feedback-lint-command))

(add-to-list 'auto-mode-alist '("\\.\\(eml\\|md\\)\\'" . text-mode) t) ; for an Emacs without a mode of their own

(defun feedback-lint-ensure ()
  "Check this buffer if it visits a file that may be a mail."
  (when (and buffer-file-name
             (string-match-p "\\.\\(txt\\|eml\\|md\\|html?\\)\\'" buffer-file-name))
    (eglot-ensure)))

(provide 'feedback-lint)
;;; feedback-lint.el ends here
