// Figures open large, by GLightbox, which is loaded when the first one is opened.

{
  const FIGURES = ".md-content__inner img:not(a img, button img)";
  const FRAME = `
    <div id="glightbox-body" class="glightbox-container" tabindex="-1" role="dialog"
      aria-modal="true" aria-label="그림 · Figure">
      <div class="gloader visible"></div>
      <div class="goverlay"></div>
      <div class="gcontainer">
        <div id="glightbox-slider" class="gslider"></div>
        <button class="gclose gbtn" aria-label="닫기 · Close" data-taborder="3">{closeSVG}</button>
        <button class="gprev gbtn" aria-label="이전 그림 · Previous figure" data-taborder="2">{prevSVG}</button>
        <button class="gnext gbtn" aria-label="다음 그림 · Next figure" data-taborder="1">{nextSVG}</button>
      </div>
    </div>`;
  let library;

  function load() {
    library ??= Promise.all([
      arrival(Object.assign(document.createElement("link"), {
        rel: "stylesheet",
        href: new URL("assets/stylesheets/glightbox.min.css", __md_scope).href,
      })),
      arrival(Object.assign(document.createElement("script"), {
        src: new URL("assets/javascripts/glightbox.min.js", __md_scope).href,
      })),
    ]);
    return library;
  }

  function arrival(element) {
    return new Promise((resolve, reject) => {
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });
  }

  /** The words for an image as HTML, which GLightbox takes: Korean · English, as in the text. */
  function caption(words) {
    const plain = Object.assign(document.createElement("i"), { textContent: words }).innerHTML;
    const [korean, english, ...more] = plain.split(" · ");
    return english === undefined || more.length > 0
      ? plain
      : `<span class="bitext" lang="ko">${korean}</span><span class="bitext-dot"> · </span>`
        + `<span class="bitext" lang="en">${english}</span>`;
  }

  async function open(button) {
    await load();
    const buttons = [...document.querySelectorAll(".figure-open")].filter((each) => each.offsetParent);
    const slides = buttons.map(({ firstElementChild: image }) => ({
      href: image.src,
      type: "image",
      alt: image.alt,
      description: caption(image.alt),
    }));
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const effect = still ? "none" : "fade";
    const box = GLightbox({
      elements: slides,
      startAt: buttons.indexOf(button),
      loop: true,
      lightboxHTML: FRAME,
      openEffect: effect,
      closeEffect: effect,
      slideEffect: still ? "none" : "slide",
      moreLength: 0, // captions are whole on phones as well
    });
    box.on("open", () => document.querySelector(".gclose").focus());
    box.on("close", () => button.focus({ preventScroll: true }));
    box.open();
  }

  document$.subscribe(() => {
    for (const image of document.querySelectorAll(FIGURES)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "figure-open";
      button.setAttribute("aria-haspopup", "dialog");
      button.addEventListener("click", () => open(button));
      image.replaceWith(button);
      button.append(image);
    }
  });
}
