// Asks the worker of a page what the field for the search would ask it. `times` is how often the
// worker answers the first query: at once, and again when it has the whole index.
async function answers(queries, times = 2) {
  const config = JSON.parse(document.getElementById("__config").textContent)
  const base = new URL(config.base, location)
  const worker = new Worker(new URL(config.search, location))
  const received = []
  worker.onmessage = ({ data }) => received.push(data)
  const until = async (done) => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const results = () => received.filter(({ type }) => type === 3)
  const index = await (await fetch(new URL("search/search_index.json", base))).json()
  worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } })
  await until(() => received.length)
  worker.postMessage({ type: 2, data: "모델" })
  await until(() => results().length === times)
  const found = []
  for (const query of queries) {
    if (typeof query !== "string") {
      worker.postMessage(query)
      continue
    }
    const before = results().length
    worker.postMessage({ type: 2, data: query })
    await until(() => results().length > before)
    found.push(results().at(-1).data.items.map((page) => page.map(({ location }) => location)))
  }
  worker.terminate()
  return found
}
