/* Tells the page around the box how high it is, and again when asked; only origins that may frame it ever hear this. */
"use strict";
if (window.parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height) window.parent.postMessage({ seisaku: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.data?.seisaku === "ask") tell();
  });
}
