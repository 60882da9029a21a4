// Loads the index, and gives each section its texts, which the file has by kind.

export async function loadIndex(site) {
  const { texts, ...data } = await (await fetch(new URL("search/index.json", site))).json()
  const { ko, en, code, said } = texts
  const sections = data.pages.flatMap((page) => page.sections)
  sections.forEach((section, at) => {
    Object.assign(section, { text: { ko: ko[at], en: en[at] }, code: code[at], said: said[at] })
  })
  return data
}
