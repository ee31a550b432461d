"use strict";
// Everything shown here stands in the page already: the script lifts a number's row from the table
// of numbers to where the reader is, and filters. Without it the page reads by its links.
(function () {
  var root = document.documentElement;
  var body = document.body;
  var pop = document.getElementById("pop");
  var shown = null; // the number whose source is open
  var pinned = false;
  var closing = false;
  var timer = 0;
  var LATER = 140;

  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  // --- the source of a number ---

  function fill(mark) {
    var row = mark.hash ? document.getElementById(mark.hash.slice(1)) : null;
    var head = make("div", "head");
    var figure = row ? row.querySelector(".fig").textContent : mark.textContent;
    head.append(make("b", "", figure));
    var status = document.querySelector('.choice[data-pick="' + mark.dataset.s + '"] .name');
    var label = make("span", "status", status.textContent);
    label.dataset.s = mark.dataset.s;
    head.append(label);
    var close = make("button", "close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "关闭");
    close.addEventListener("click", function () { hide(true); });
    head.append(close);
    pop.replaceChildren(head);
    if (!row) {
      pop.append(make("p", "soft", mark.dataset.tip.split("：").slice(1).join("：")));
      return;
    }
    var list = make("dl");
    row.querySelectorAll('td[data-label="出处"], td[data-label="说明"]').forEach(function (cell) {
      if (!cell.textContent.trim()) return;
      list.append(make("dt", "", cell.dataset.label));
      var told = make("dd");
      cell.childNodes.forEach(function (node) { told.append(node.cloneNode(true)); });
      list.append(told);
    });
    pop.append(list);
    var more = make("p", "more");
    var link = make("a", "", "在数字来源表中查看");
    link.href = mark.hash;
    more.append(link);
    pop.append(more);
  }

  function place(mark) {
    var boxes = mark.getClientRects();
    var box = boxes[0] || mark.getBoundingClientRect();
    var width = pop.offsetWidth;
    var left = Math.min(Math.max(12, box.left - 24), root.clientWidth - width - 12);
    var below = box.bottom + 8;
    var above = box.top - pop.offsetHeight - 8;
    var top = below + pop.offsetHeight > root.clientHeight && above > 0 ? above : below;
    pop.style.left = left + window.scrollX + "px";
    pop.style.top = top + window.scrollY + "px";
  }

  function show(mark, pin) {
    clearTimeout(timer);
    if (shown && shown !== mark) shown.classList.remove("on");
    if (shown !== mark) fill(mark);
    shown = mark;
    pinned = pin;
    mark.classList.add("on");
    mark.setAttribute("aria-describedby", "pop");
    pop.classList.toggle("pinned", pin);
    pop.hidden = false;
    place(mark);
  }

  function hide(back) {
    clearTimeout(timer);
    if (!shown) return;
    var mark = shown;
    shown = null;
    pinned = false;
    pop.hidden = true;
    mark.classList.remove("on");
    mark.removeAttribute("aria-describedby");
    if (!back || !mark.hash) return;
    closing = true; // else the focus would show it again
    mark.focus({ preventScroll: true });
    closing = false;
  }

  function hideSoon() {
    clearTimeout(timer);
    if (!pinned) timer = setTimeout(function () { hide(false); }, LATER);
  }

  function markOf(event) {
    return event.target.closest ? event.target.closest(".paper .n") : null;
  }

  // The browser's own tooltip would cover ours; assistive technology keeps the text.
  document.querySelectorAll(".paper .n[title]").forEach(function (mark) {
    mark.dataset.tip = mark.title;
    mark.removeAttribute("title");
  });

  body.addEventListener("mouseover", function (event) {
    var mark = markOf(event);
    if (pinned) return;
    if (mark) show(mark, false);
    else if (shown && pop.contains(event.target)) clearTimeout(timer);
    else if (shown) hideSoon();
  });
  body.addEventListener("focusin", function (event) {
    var mark = markOf(event);
    if (mark && !closing && !(pinned && shown === mark)) show(mark, false);
    else if (!mark && !pop.contains(event.target)) hide(false);
  });
  body.addEventListener("click", function (event) {
    var mark = markOf(event);
    if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (pinned && shown === mark) {
        hide(false);
        return;
      }
      show(mark, true);
      if (event.detail === 0) pop.querySelector(".close").focus({ preventScroll: true });
      return;
    }
    if (!pop.contains(event.target)) hide(false);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") hide(true);
  });
  window.addEventListener("resize", function () { if (shown) place(shown); });

  // --- jumps: to a number, an issue, a row; what they land on is marked until the next ---

  function clear() {
    document.querySelectorAll(".hit").forEach(function (element) { element.classList.remove("hit"); });
  }

  function land(hash) {
    var target = document.getElementById(hash.slice(1));
    if (!target) return false;
    if (target.matches("tr[data-s]") && !target.offsetParent) choose("");
    clear();
    var number = /^t-i(\d+)$/.exec(target.id);
    var touched = [target];
    if (number) {
      touched = Array.prototype.slice.call(body.querySelectorAll('.i[data-i~="' + number[1] + '"]'));
      if (!touched.length) touched = [target.nextElementSibling || target.parentElement];
      var card = document.getElementById("i" + number[1]);
      if (card) touched.push(card);
    }
    touched.forEach(function (element) { element.classList.add("hit"); });
    var where = { block: target.closest(".side") ? "nearest" : "center" };
    target.scrollIntoView(where);
    // What lies between is only now laid out, and may have moved it.
    requestAnimationFrame(function () { target.scrollIntoView(where); });
    return true;
  }

  body.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
    if (!link || link.matches(".paper .n, .skip") || event.defaultPrevented) return;
    var hash = link.getAttribute("href");
    if (!land(hash)) return;
    event.preventDefault();
    hide(false);
    if (location.hash !== hash) history.pushState(null, "", hash);
    var target = document.getElementById(hash.slice(1));
    if (target.matches("a")) target.focus({ preventScroll: true });
  });
  window.addEventListener("popstate", function () { if (location.hash) land(location.hash); });

  // --- confirming: the command line of one doubt, to be copied ---

  document.querySelectorAll(".confirm").forEach(function (box) {
    var line = box.querySelector(".command");
    var button = make("button", "copy", "复制这一行");
    button.type = "button";
    button.addEventListener("click", function () {
      getSelection().selectAllChildren(line);
      button.textContent = document.execCommand("copy") ? "已复制" : "请按 Ctrl+C 复制";
    });
    box.append(button);
  });

  // --- the filter ---

  var choices = [];

  function choose(status) {
    if (status) body.dataset.show = status;
    else delete body.dataset.show;
    choices.forEach(function (choice) {
      choice.setAttribute("aria-pressed", String(choice.dataset.pick === status));
    });
    // What is no data is out of the tab order unless asked for.
    document.querySelectorAll("span.n[data-tip]").forEach(function (mark) {
      if (status === "permitted") mark.tabIndex = 0;
      else mark.removeAttribute("tabindex");
    });
  }

  document.querySelectorAll(".choice").forEach(function (line) {
    if (line.classList.contains("none")) return;
    var button = make("button", line.className);
    button.type = "button";
    button.dataset.pick = line.dataset.pick;
    button.append.apply(button, Array.prototype.slice.call(line.childNodes));
    button.addEventListener("click", function () {
      choose(body.dataset.show === button.dataset.pick ? "" : button.dataset.pick);
    });
    line.replaceWith(button);
    choices.push(button);
  });
  choose("");
  if (location.hash) land(location.hash);
})();
