// Everything here makes a page quicker or kinder; nothing here is needed for a page to work.
import "./dialog.js";
import "./menu.js";
import "./toast.js";
import "./copy-text.js";
import "./quick-choices.js";
import "./confirm.js";
