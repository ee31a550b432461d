"use strict";
// Filters rows and texts, and opens a text when its link is followed. Without it all is there, unfiltered.
(function () {
  var controls = document.querySelector(".controls");
  var system = document.getElementById("system");
  var find = document.getElementById("find");
  var faulty = document.getElementById("faulty");
  var count = document.getElementById("count");
  var items = document.querySelectorAll("[data-case]");

  function filter() {
    var words = find.value.trim();
    var shown = 0;
    items.forEach(function (item) {
      var fits = (!system.value || item.dataset.system === system.value) &&
        (!words || item.dataset.case.indexOf(words) >= 0) &&
        (!faulty.checked || item.dataset.errors !== "0");
      item.hidden = !fits;
      if (fits && item.tagName === "TR") shown += 1;
    });
    count.textContent = "共 " + shown + " 篇";
  }

  function open() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") {
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
    }
  }

  controls.hidden = false;
  [system, find, faulty].forEach(function (one) { one.addEventListener("input", filter); });
  window.addEventListener("hashchange", open);
  filter();
  open();
})();
