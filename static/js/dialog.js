// Opens and closes dialogs, menus and the side navigation, asks before what cannot be undone.
import { toast } from "./toast.js";
import { word } from "./words.js";

function refused(event) {
  const off = event.target.closest('[aria-disabled="true"]');
  if (!off) return false;
  event.preventDefault();
  event.stopPropagation();
  if (off.dataset.why) toast(off.dataset.why, "warning");
  return true;
}

function rail(isOpen) {
  document.body.toggleAttribute("data-rail", isOpen);
  if (isOpen) document.body.dataset.rail = "open";
  document.querySelector("[data-rail-open]")?.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) document.querySelector(".rail a")?.focus();
}

document.addEventListener("click", (event) => {
  if (refused(event)) return;
  const asked = event.target.closest("[data-confirm]");
  if (asked && !window.confirm(asked.dataset.confirm || word("sure"))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement) event.target.close();
  if (event.target.closest("[data-rail-open]")) rail(true);
  if (event.target.closest("[data-rail-close]")) rail(false);
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (document.body.dataset.rail) rail(false);
  const menu = document.querySelector("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.querySelectorAll("dialog[data-open]").forEach((dialog) => dialog.showModal());
