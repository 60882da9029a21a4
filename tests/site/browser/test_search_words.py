"""What the search knows of words, module by module, in the browser that runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site.browser.built import Site

    Call = Callable[..., Any]

CALL = """async ([module, body, argument]) => {
  const imported = await import(`../assets/javascripts/search/${module}.js`)
  return Function("m", "x", `return ${body}`)(imported, argument)
}"""
INDEX = """async () => {
  const { Index } = await import("../assets/javascripts/search/index.js")
  const { loadIndex } = await import("../assets/javascripts/search/load.js")
  window.index = new Index(await loadIndex(new URL("..", location)))
}"""


@pytest.fixture
def call(page: Page, site: Site) -> Call:
    """Evaluate an expression of a module, ``m``, and an argument, ``x``."""
    page.goto(f"{site.url}basics/")
    return lambda module, body, argument: page.evaluate(CALL, [module, body, argument])


def test_words_are_spelled_in_letters(call: Call) -> None:
    spelled = {"텐서": "ㅌㅔㄴㅅㅓ", "값": "ㄱㅏㅂㅅ", "최": "ㅊㅚ", "a1": "a1", "": ""}
    assert call("jamo", "x.map(m.letters)", [*spelled]) == [*spelled.values()]
    assert call("jamo", "m.typedLetters(x)", "최") == "ㅊㅗㅣ"


def test_a_stem_is_the_beginning_of_its_forms(call: Call) -> None:
    for stem, form in {"쌓이": "쌓여", "바꾸": "바꿔", "더하": "더해", "만들": "만들어"}.items():
        short, long = call("korean", "x.map(m.forms)", [stem, form])
        assert long.startswith(short)


def test_the_other_keyboard(call: Call) -> None:
    typed = {
        "xpstj": "텐서",
        "gkrtmqfbf": "학습률",
        "thsTlf": "손씰",
        "rkqt": "값",
        "zzz": None,
    }
    assert call("keyboard", "x.map(m.asKorean)", [*typed]) == [*typed.values()]
    assert call("keyboard", "x.map(m.asLatin)", ["ㅅㄷㅜ내ㄱ", "새ㄱ초"]) == ["tensor", "torch"]


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("softmax", "softmax", 0),
        ("softmax", "softmx", 1),
        ("softmx", "softmax", 1),
        ("gradient", "gradiant", 1),
        ("retain", "retian", 1),
        ("abcd", "badc", 2),
        ("abc", "abcde", 2),
        ("abc", "cba", 2),
        ("abc", "def", 3),
        ("", "ab", 2),
    ],
)
def test_slips_are_counted(call: Call, one: str, other: str, slips: int) -> None:
    within = call("distance", "[0, 1, 2, 3].map((slips) => m.isWithin(...x, slips))", [one, other])
    assert within == [slips <= allowed for allowed in range(4)]


SOUND_ALIKE = {
    "플러그인": "plugin",
    "노트북": "notebook",
    "벤치마크": "benchmark",
    "스니펫": "snippet",
}
SOUND_OTHERWISE = {"김치찌개": "compass", "커밋": "comment", "제주도": "just"}


def test_foreign_words_are_heard(call: Call) -> None:
    alike = "x.map(([one, other]) => m.isAlike(m.sounds(one), m.sounds(other)))"
    for pairs, expected in ((SOUND_ALIKE, True), (SOUND_OTHERWISE, False)):
        assert call("sounds", alike, [*pairs.items()]) == [expected] * len(pairs)


IDLE = """
해야 하나요 해야하나요 합니까 할까요 싶어요 싶은데 돼요 되죠 되는데 알려줘 알려주세요 사용법 쓰는법
쓰는 좀 제가 경우 관련 것이 있나요 있는지 어떻게 무엇인가요 뭔가요 왜 때는 대해서 모르겠어요
궁금합니다 봐야 보여줘 개인가요 how please does
"""
TELLING = """
텐서 손실 저장하기 나누기 알고리즘 차이 게이트 거리 배치 하이퍼파라미터 보정 함수 사용자
주기억 train model
"""


def test_words_of_asking_carry_no_weight(call: Call) -> None:
    idle, telling = IDLE.split(), TELLING.split()
    assert call("idle", "x.filter(m.isIdle)", idle + telling) == idle


def test_verbs_stand_before_a_noun_that_is_written_with_them(call: Call) -> None:
    verbs = {
        "까는법": "까는",
        "돌린거예요": "돌린",
        "곱하는거": "곱하는",
        "안되는거에요": "안되는",
        "개수": "개수",
        "변수": "변수",
        "헌법": "헌법",  # no verb has one syllable alone
    }
    assert call("korean", "x.map(m.verbOf)", [*verbs]) == [*verbs.values()]


def test_english_words_meet_in_their_stems(call: Call) -> None:
    groups = [
        *(["save", "saves", "saving", "saved"], ["normalize", "normalization", "normalizing"]),
        *(["batch", "batches"], ["overfit", "overfitting"], ["class", "classes"], ["bias"]),
    ]
    stems = [{*call("english", "x.map(m.stem)", group)} for group in groups]
    assert [len(each) for each in stems] == [1] * len(groups)
    assert len(set.union(*stems)) == len(groups)


KOREAN = {
    # particles, one or several
    "텐서를": "텐서",
    "텐서에서는": "텐서",
    "모델까지만": "모델",
    "모델만을": "모델",
    "가속기로": "가속",
    "드롭아웃과": "드롭아웃",
    "텐서들을": "텐서",
    "하이퍼파라미터란": "하이퍼파라미터",
    # verbs
    "저장하는": "저장",
    "초기화합니다": "초기화",
    "학습시키려면": "학습",
    "만들기": "만들",
    "만들기를": "만들",
    "바꾸려면": "바꾸",
    "높으면": "높",
    "섞는": "섞",
    # words that end so by nature
    "차이": "차이",
    "결과": "결과",
    "정확도": "정확도",
    "데이터로더": "데이터로더",
    "값을": "값",
}


@pytest.fixture
def index(page: Page, site: Site) -> Page:
    """A page with the index of the site as ``index``."""
    page.goto(f"{site.url}basics/")
    page.evaluate(INDEX)
    return page


def test_stems_of_korean_words(index: Page) -> None:
    stems = index.evaluate("words => words.map((word) => index.stem(word))", [*KOREAN])
    assert dict(zip(KOREAN, stems, strict=True)) == KOREAN


def test_roots_of_derived_words(index: Page) -> None:
    roots = {"검증용이랑": "검증", "클래스별로": "클래스", "화면": "화면", "양식": "양식"}
    found = index.evaluate("words => words.map((word) => index.root(word))", [*roots])
    assert dict(zip(roots, found, strict=True)) == roots


def test_verbs_find_their_other_forms(index: Page) -> None:
    forms = {
        "쌓이는": "쌓여",
        "쌓인": "쌓입니다",
        "만드는": "만들고",
        "바꿨는데": "바꾸는",
        "더해지는": "더하고",
    }
    for asked, there in forms.items():
        found = index.evaluate("word => [...index.find(word).keys()]", asked)
        assert there in found, asked


def test_words_within_names_are_found(index: Page) -> None:
    found = index.evaluate("word => [...index.find(word).keys()]", "로더")
    assert "데이터로더" in found
    assert index.evaluate("word => index.entries.has(word)", "entropy")


CORRECTED = {
    "소프트멕스": "소프트맥스",
    "브로드케스팅": "브로드캐스팅",
    "데이타로더": "데이터로더",
    "텐써": "텐서",
    "gradiant": "gradient",
    "softmx": "softmax",
    "retian": "retain",
    "pickel": "pickle",  # picked and pixel are as near
    "xpstj": "텐서",
    "추천": None,  # 수천 is another word
    "갯수": "개수",  # they sound alike
    "노트부크에": "notebook",
    "4250": None,  # 250 is another number
    "qwxzkv": None,
}


def test_words_are_corrected(index: Page) -> None:
    meant = index.evaluate(
        """async (words) => {
          const { Reader } = await import("../assets/javascripts/search/query.js")
          const { spelling } = new Reader(index, [])
          return words.map((word) => spelling.correct(word))
        }""",
        [*CORRECTED],
    )
    assert dict(zip(CORRECTED, meant, strict=True)) == CORRECTED


READ = """async ([text, same]) => {
  const { Reader } = await import("../assets/javascripts/search/query.js")
  const terms = new Reader(index, same ?? []).read(text)
  return terms.map(({ meant, word }) => meant ?? word)
}"""


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("no grad", ["no", "grad"]),
        ("no gradient at all", ["gradient", "all"]),
        ("모델을저장하기", ["모델을", "저장하기"]),
        ("데이터를섞기", ["데이터를", "섞기"]),
        ("학습률이높으면", ["학습률이", "높으면"]),
        ("김치찌개", ["김치찌개"]),
        ("에러남", ["에러"]),
        ("에폭이 anjdi", ["에폭이"]),  # 뭐야, which carries no weight
        ("시드고정", ["시드", "고정"]),
        ("켜지지가 않아요", ["켜지지"]),
    ],
)
def test_what_is_read_in_a_query(index: Page, text: str, terms: list[str]) -> None:
    assert index.evaluate(READ, [text, None]) == terms


def test_a_short_word_is_corrected_beside_its_neighbour(index: Page) -> None:
    same = [["검증 세트", "validation set"]]
    assert index.evaluate(READ, ["검중 세트", same]) == ["검증", "세트"]
    assert index.evaluate(READ, ["검중 모델", same]) == ["검중", "모델"]


WAYS = """async ([text, same]) => {
  const { Reader } = await import("../assets/javascripts/search/query.js")
  return new Reader(index, same).read(text).map(({ ways }) => ways.map(({ name }) => name))
}"""


def test_names_stand_for_all_forms_of_a_verb(index: Page) -> None:
    same = [["합치기", "join"]]
    for form in ("합친", "합쳐서", "합치려면"):
        assert "join" in index.evaluate(WAYS, [form, same])[0], form
    assert "join" not in index.evaluate(WAYS, ["합", same])[0]


SITE = {
    "korean": dict.fromkeys(["consonant", "vowel", "rieul", "verb", "tail"], "[]"),
    "same": [],
    "pages": [
        {
            "url": url,
            "weight": 1,
            "sections": [
                {
                    "id": str(at),
                    "title": {"en": title},
                    "text": {"en": text},
                    "code": "",
                    "said": "",
                }
                for at, (title, text) in enumerate(sections)
            ],
        }
        for url, sections in {
            "": [
                ("Start", "hay"),
                ("Fruit", "apple apple apple pear"),
                ("Apple", "apple apple"),
                ("Trees", "an apple on a tree, an apple"),
                ("Roots", "long words about roots of all kinds, such as a carrot"),
            ],
            "peel/": [
                ("Peeling", "peel a pear or a carrot"),
                ("More", "peel the apple or the carrot"),
            ],
        }.items()
    ],
}
ASKED = "winter fodder\nwhat animals eat"
FOUND = """async ([site, text]) => {
  const { Engine } = await import("../assets/javascripts/search/engine.js")
  const { pages, folded } = new Engine(site).search(text)
  const titles = pages.map((sections) => sections.map(({ section }) => section.title.en))
  return { titles, folded }
}"""


def test_what_others_do_not_say_comes_before_what_they_say_again(index: Page) -> None:
    assert index.evaluate(FOUND, [SITE, "apple"])["titles"][0] == ["Apple", "Fruit", "Trees"]
    found = index.evaluate(FOUND, [SITE, "apple carrot"])
    assert found["titles"][0][:3] == ["Apple", "Roots", "Fruit"]  # Fruit has the better score


def test_what_answers_too_little_of_a_query_is_folded(index: Page) -> None:
    assert not index.evaluate(FOUND, [SITE, "aple pear"])["folded"]
    assert index.evaluate(FOUND, [SITE, "xylophone pear"])["folded"]
    assert index.evaluate(FOUND, [SITE, "violin apple xylophone"])["folded"]


def test_questions_find_what_says_nothing_of_them(index: Page) -> None:
    fruit, peeling = SITE["pages"]
    first, *rest = fruit["sections"]
    site = {**SITE, "pages": [{**fruit, "sections": [{**first, "asked": ASKED}, *rest]}, peeling]}
    for text in ("winter fodder", "what do animals eat", "fodders", "where does an animal eat"):
        found = index.evaluate(FOUND, [site, text])
        assert (found["titles"][0][0], found["folded"]) == ("Start", False), text
    assert index.evaluate(FOUND, [SITE, "winter fodder"])["titles"] == []


QUESTIONS = """new m.Questions(
  x[0].map((words) => ({ asked: [words], headings: [], messages: [] })),
)"""
ASK = [["winter", "fodder"], ["what", "animals", "eat"], ["사료", "보관"]]
ASKS = {"winter fodder": 0, "animal": 1, "사료를": 2, "fodders": 0}


def test_what_is_alike_is_a_share(call: Call) -> None:
    body = f"[...{QUESTIONS}.likeness.of(x[1])]"
    for query, nearest in ASKS.items():
        alike = call("questions", body, [ASK, query.split()])
        assert max(alike) == alike[nearest] > 0, query
        assert all(0 <= share <= 1 + 1e-6 for share in alike)
    assert call("questions", body, [ASK, ["violin"]]) == [0, 0, 0]


def test_a_section_is_likely_whose_questions_are_written_so(call: Call) -> None:
    likely = f"{QUESTIONS}.likely(x[1])"
    body = f"((found) => [found.gain, [0, 1, 2].map((at) => found.by.get(at))])({likely})"
    for query, likeliest in ASKS.items():
        gain, by = call("questions", body, [ASK, query.split()])
        assert by[likeliest] == max(by) == 1, query
        assert min(by) < 1
        assert gain > 0
    assert call("questions", body, [ASK, ["violin"]]) == [0, [1, 1, 1]]


def test_pages_for_others_come_first_only_if_they_answer_far_better(index: Page) -> None:
    learners, others = SITE["pages"]
    site = {**SITE, "pages": [learners, {**others, "weight": 0.5}]}
    first = {"apple": "Apple", "pear": "Fruit", "peel a carrot": "Peeling"}
    for text, title in first.items():
        assert index.evaluate(FOUND, [site, text])["titles"][0][0] == title, text
    site["pages"][1]["weight"] = 0.1  # a reference
    assert index.evaluate(FOUND, [site, "peel a carrot"])["titles"][0][0] == "Roots"


def test_what_lists_of_pages_say_of_a_page_is_found_there(index: Page) -> None:
    fruit, peeling = SITE["pages"]
    first, *rest = fruit["sections"]
    start = {**first, "about": "orchards"}
    site = {**SITE, "pages": [{**fruit, "sections": [start, *rest]}, peeling]}
    assert index.evaluate(FOUND, [site, "orchard"])["titles"] == [["Start"]]


def test_teasers_begin_near_what_was_asked_for(call: Call) -> None:
    body = 'm.teaser(x, /needle/gi, ["en", "ko"])'
    far = {"text": {"en": "word " * 100 + "needle " + "word " * 100, "ko": "바늘"}}
    found = call("teaser", body, {**far, "code": "", "said": ""})
    assert "needle" in found["line"]
    assert found["line"].startswith("… word")
    assert found["line"].endswith(" …")
    assert len(found["line"]) < 200
    other = call("teaser", body, {"text": {"en": "hay"}, "code": "needle()", "said": ""})
    assert other == {"line": "needle()", "lang": ""}
    none = call("teaser", body, {"text": {"en": "hay", "ko": "짚"}, "code": "", "said": ""})
    assert none == {"line": "hay", "lang": "en"}
