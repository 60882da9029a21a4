// Words that say how somebody asks, and not for what. They carry no weight.

// Verbs that help others, before any endings: 하나요, 해야, 있나요, 싶은데, 알려주세요.
const HELPING = [
  "못?[하해한할합함했햇]|[안못]?[되돼된될됩됨됐]|[나났]|나[오온올와왔]|[있잇]|없|싶|[주줘줄준줍]|[보봐볼본봅]|않|말|좋|괜찮|버[리려린릴]|놓|[두둬둔뒀]",
  "[알아]려|가르쳐|궁금[하해한합]|모르|몰라|어때|[어이그저]떻|[어이그저]떡|[어이그저][런떤]|[이그]러",
  "(?:사용|이용|활용|설명|소개|추천|정리|부탁|질문|필요|가능)[하해한할합]|부탁드|쓰|써|쓸|쓴|씁",
].join("|")
const ENDINGS = [
  "[하할한해합되될된돼있잇싶보볼봐주줄줘않려면고기게아어여야서도데습시세래던었았겠겟네가건걸것인으만라며거줬봤했됐달예에음임]",
  "[는은을나요까다지죠법임냐네래]|수(?=[있없])|때마다|때|방법|니다|니까",
].join("|")
const ASKING = [
  "방법|법|이유|까닭|경우|관련|무엇|뭐|뭘|무슨|어디|언제|누구|누가|왜|얼마|얼마나|몇|개|것|거|게|건|걸|때|때문|수",
  "여기|거기|저기|이것|그것|저것|이거|그거|저거|아무것|아무거나|몇[가-힣]?|머|땜|뭔뜻|왜이래",
  "중|중에서|뜻|의미|저|나|제|내가|우리|설명|질문|도움|부탁|사용법|이용법|활용법",
  "그대로|정확히|진짜로|원래|제대로|근데|그런데|그러면|그럼",
  "아니|아닌|어차피|아무리|굳이|죄다|하기전|좀|너무|잘|안|못|혹시|정말|진짜|그냥|자꾸|계속|갑자기|도대체|제발|전혀|아예|별로|항상|매번|그리고|에서|만|란|이란",
].join("|")
const AFTER = [
  "이|가|은|는|을|를|도|만|에|의|로|으로|에서|에는|마다|까지|부터|보다|이나|요",
  "지|죠|야|예요|에요|이에요|인|인지|인가요?|일까요?|입니까|가요?",
].join("|")
const ABOUT = "(?:대|관|위|통)(?:한|해|해서|하여)"
const ENGLISH = [
  "[a-z]|the|an|many|much|i|im|me|my|we|our|you|your|it|its|this|that|these|those|there|some|any",
  "is|are|am|be|was|were|do|does|did|can|cant|could|should|would|will|shall|may|have|has|had",
  "how|what|whats|why|when|where|which|who|in|of|on|for|to|and|or|with|as|at|by|from|into|if|so",
  "then|than|not|no|want|need|please|tell|show|explain|help|about|way|means?|use|uses|using|used",
  "get|got|getting|someone|somebody|anyone|everyone",
  "(?:do|does|did|is|are|was|were|ca|could|wo|would|should|has|have|had)nt|ive|ill|youre",
].join("|")

// They tell a little: nouns that ask for a kind of answer, and words that say how or how much.
const VAGUE = [
  "종류|개념|역할|원리|기본|기초|예|예시|예제|정리|비교|차이|차이점|장점|단점|장단점|문제|해결|해결책",
  "추천|필요|가능|확인",
  "다시|같이|함께|따로|일부러|직접|바로|먼저|아직|이미|더|덜|가장|제일|조금|많이|모두|전부|다|둘다|각각|서로",
  "하나|둘|여러[가-힣]?|모든|다른|같은|새|새로|이제|지금|어느|가운데|맨|확|아주|전에|후에",
  "examples?|differences?|between|basics?|best|good|works?|check",
  "only|just|also|very|too|same|other|another|each|both|all|every|again|still|even|more|most|less",
  "without|takes?|took|gives?|gave|goes|went|comes?|says?|said|must|instead|already|yet|once",
  "after|before|while|during|because|through|up|down|out|off|over|here|now|new|like",
  "makes?|made|let|keeps?|try|thing|something|anything",
].join("|")

const whole = (...sources) => new RegExp(`^(?:${sources.join("|")})$`)
const WHAT = "뭔(?:가요?|지|데)?"
const HELP = `(?:${HELPING})(?:${ENDINGS})*`
const SIGH = "([ㄱ-ㅣ])\\1+|[ㅜㅠ]+"
const IDLE = whole(SIGH, HELP, `(?:${ASKING})(?:${AFTER})?`, AFTER, WHAT, ABOUT, ENGLISH)
const VAGUELY = whole(VAGUE)

export const isIdle = (word) => IDLE.test(word)
export const isVague = (word) => VAGUELY.test(word)
