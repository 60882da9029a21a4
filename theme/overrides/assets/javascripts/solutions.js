// On paper, the solutions of exercises stand together on a page of their own, after the text.
{
  const article = () => document.querySelector("article.md-content__inner")

  addEventListener("beforeprint", () => {
    const solutions = [...article().querySelectorAll("details.success")]
    if (!solutions.length || document.querySelector(".solutions")) return
    const title = Object.assign(document.createElement("h2"), {
      innerHTML: '<span class="bitext" lang="ko">풀이</span><span class="bitext-dot"> · </span>'
        + '<span class="bitext" lang="en">Solutions</span>',
    })
    const page = Object.assign(document.createElement("section"), { className: "solutions" })
    page.append(title)
    for (const solution of solutions) {
      const place = Object.assign(document.createElement("span"), { className: "solution-place" })
      solution.replaceWith(place)
      page.append(solution)
    }
    article().append(page)
  })

  addEventListener("afterprint", () => {
    const places = document.querySelectorAll(".solution-place")
    const solutions = document.querySelectorAll(".solutions > details")
    places.forEach((place, at) => place.replaceWith(solutions[at]))
    document.querySelector(".solutions")?.remove()
  })
}
