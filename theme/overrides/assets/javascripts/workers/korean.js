// Korean for Material's search. This worker stands between the page and Material's own worker, which
// is named after the `?` of its address: it asks for words as the site writes them, and puts what
// comes back in order. A message that it does not understand passes untouched: plain search goes on.

importScripts("wording.js", "ranking.js")

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]
const OPERATOR = /(^|\s)[+-]\S|["*~^]/ // who writes lunr's operators gets plain search
const WHOLE = new URL("../../../search/whole.json", location)

const name = location.search.slice(1)
const inner = new Worker(/^search\.[\w.]+\.js$/.test(name) ? name : "search.js")
const asked = [] // for each query on its way: its words, or null where it passed untouched
let setup, wording, latest, whole, ready

onmessage = ({ data }) => inner.postMessage(attempt(ask, data))
inner.onmessage = ({ data }) => {
  if (data?.type === READY && ready) return // again, for the whole index
  ready ||= data?.type === READY
  postMessage(attempt(answer, data))
}

function attempt(change, message) {
  try {
    return change(message)
  } catch (error) {
    console.warn(error)
    return message
  }
}

function ask(message) {
  if (message?.type === SETUP) learn(message)
  if (message?.type !== QUERY) return message
  latest = message
  const place = asked.push(null) - 1
  const words = wording && !OPERATOR.test(message.data) ? wording.read(message.data) : []
  if (!words.length) return message
  asked[place] = words
  load()
  return { ...message, data: wording.clauses(words).join(" ") }
}

function answer(message) {
  const words = message?.type === RESULT && asked.shift()
  if (!words) return message
  const items = rank(message.data.items, words, setup.data.docs.length)
  return { ...message, data: { ...message.data, items } }
}

function learn(message) {
  setup = message
  wording = new Wording(message.data)
}

// The page loads the beginning of each section. The rest comes when somebody searches.
function load() {
  whole ||= fetch(WHOLE)
    .then((response) => response.json())
    .then(({ docs }) => {
      learn({ ...setup, data: { ...setup.data, docs } })
      inner.postMessage(setup)
      onmessage({ data: latest })
    })
    .catch(console.warn)
}
