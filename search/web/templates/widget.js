/*
 * <seisaku-search q="蓄電池 AND amount>1000億" show="hits|total|history" limit="5" box="open|fixed"></seisaku-search>
 *
 * Shows what the server that this script comes from answers, in any page that the server lets read its API. Whatever
 * comes from a query or a paper goes in as text.
 */
"use strict";
(() => {
  const WORDS = __WORDS__;
  const HOME = document.currentScript?.src ? new URL(".", document.currentScript.src).href : "";
  const SHOWS = {
    hits: { api: "search", page: "search", name: "q", label: "検索式" },
    total: { api: "total", page: "total", name: "q", label: "検索式" },
    history: { api: "history", page: "history", name: "programme", label: "事業名" },
  };
  const LIMIT = 5;
  const MOST = 50;
  const NOTHING = "―";
  const TOLD = {
    offline: "検索サーバーにつながりません。ネットワークと、この頁を許す設定（--allow-origin）を確かめてください。",
    401: "検索サーバーへのログインが要ります。",
    broken: "検索サーバーの答えを読めません。",
    asking: "検索しています…",
    empty: "言葉や金額を書いて検索してください。例　蓄電池 1000億以上",
    apart: "年度と段階の異なる金額は足し合わせない。単純合計は、数えない金額も足した額。",
  };
  const STYLE = `
    :host { display: block; color-scheme: light dark; font: .94rem/1.55 system-ui, "Hiragino Sans", "Yu Gothic UI",
      "BIZ UDPGothic", Meiryo, "Noto Sans CJK JP", "Noto Sans JP", sans-serif;
      --paper: #fff; --ink: #1a1d21; --weak: #565e67; --line: #dfe2e6; --strong-line: #8b939c; --accent: #1d5c9e;
      --on-accent: #fff; --fault: #a8261c; --mark: #ffefb0; }
    @supports (color: light-dark(#fff, #000)) {
      :host { --paper: light-dark(#fff, #14171a); --ink: light-dark(#1a1d21, #e5e8eb);
        --weak: light-dark(#565e67, #a4acb5); --line: light-dark(#dfe2e6, #32383f);
        --strong-line: light-dark(#8b939c, #7d8690); --accent: light-dark(#1d5c9e, #8dbcf2);
        --on-accent: light-dark(#fff, #10151b); --fault: light-dark(#a8261c, #ff9c90);
        --mark: light-dark(#ffefb0, #5c4b0c); } }
    :host([theme="light"]) { color-scheme: light; }
    :host([theme="dark"]) { color-scheme: dark; }
    :host([hidden]) { display: none; }
    * { box-sizing: border-box; }
    .box { background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 8px;
      padding: .7rem .8rem .6rem; overflow-wrap: anywhere; text-align: left; }
    a { color: var(--accent); text-underline-offset: .18em; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; border-radius: 2px; }
    form { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: 0 0 .3rem; }
    [hidden] { display: none; }
    label, .weak { color: var(--weak); font-size: .84rem; }
    input, button { font: inherit; color: inherit; }
    input { flex: 1 1 11rem; min-width: 0; background: var(--paper); border: 1px solid var(--strong-line);
      border-radius: 6px; padding: .35rem .6rem; }
    button { background: var(--accent); color: var(--on-accent); border: 1px solid var(--accent); border-radius: 6px;
      padding: .35rem .9rem; cursor: pointer; }
    p, ul { margin: .35rem 0; }
    ul { padding-left: 1.2rem; }
    .asked { font-weight: 650; }
    .fault { color: var(--fault); }
    .scroll { overflow-x: auto; }
    .stale { opacity: .55; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .5rem 0; }
    caption { text-align: left; font-weight: 650; padding-bottom: .2rem; }
    th, td { text-align: left; vertical-align: top; padding: .28rem .7rem .28rem 0; font-weight: 400;
      border-bottom: 1px solid var(--line); }
    thead th { color: var(--weak); font-size: .8rem; white-space: nowrap; }
    .right { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    td.right { font-weight: 650; }
    td a { display: inline-block; min-width: 8.5rem; }
    mark { background: var(--mark); color: inherit; border-radius: 2px; }
    .more { font-size: .88rem; margin-bottom: 0; }
  `;

  /** Return an element with attributes and children, which are elements or text. */
  const made = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children.filter((each) => each !== null && each !== undefined && each !== ""));
    return element;
  };

  /** Return whole yen in 億円, exactly. */
  const oku = (yen) => {
    const whole = BigInt(yen) < 0n ? -BigInt(yen) : BigInt(yen);
    const rest = String(whole % 100000000n).padStart(8, "0").replace(/0+$/, "");
    return (BigInt(yen) < 0n ? "▲" : "") + (whole / 100000000n).toLocaleString("ja-JP") + (rest ? `.${rest}` : "");
  };

  const when = (each) => [each.years.join("・"), WORDS.stages[each.stage] ?? ""].filter(Boolean).join(" ") || "段階不明";

  const meaning = (amount) =>
    [
      amount.years.join("・"),
      WORDS.stages[amount.stage],
      WORDS.bounds[amount.bound],
      WORDS.roles[amount.role],
      amount.over ? `${amount.over}年間` : "",
      ...amount.flags.map((each) => WORDS.flags[each]),
      amount.account ? `(${amount.account})` : "",
    ].filter(Boolean).join(" ") || "段階不明";

  /** Return a table; a cell is text, an element, or null, and the columns of `right` are set right. */
  const table = (caption, heads, rows, right) => {
    const side = (position) => (right.includes(position) ? { class: "right" } : {});
    const head = made("tr", {}, ...heads.map((each, at) => made("th", { scope: "col", ...side(at) }, each)));
    const body = rows.map((row) => made("tr", {}, ...row.map((cell, at) => made("td", side(at), cell))));
    return made("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
      made("table", {}, made("caption", {}, caption), made("thead", {}, head), made("tbody", {}, ...body)));
  };

  const notes = (lines) => (lines.length ? made("ul", { class: "weak" }, ...lines.map((each) => made("li", {}, each))) : null);

  class SeisakuSearch extends HTMLElement {
    static observedAttributes = ["q", "show", "limit", "box", "base", "src", "credentials"];
    #asking = null;
    #due = false;
    #parts = null;

    connectedCallback() {
      if (!this.#parts) this.#build();
      this.#soon();
    }

    disconnectedCallback() {
      this.#asking?.abort();
      this.#asking = null;
    }

    attributeChangedCallback(name, before, after) {
      if (this.isConnected && before !== after) this.#soon();
    }

    get #base() {
      const given = this.getAttribute("base") || this.getAttribute("src");
      const base = given ? new URL(given, document.baseURI).href : HOME;
      return base && !base.endsWith("/") ? `${base}/` : base;
    }

    get #query() {
      return (this.getAttribute("q") ?? "").trim();
    }

    get #show() {
      return Object.hasOwn(SHOWS, this.getAttribute("show") ?? "") ? this.getAttribute("show") : "hits";
    }

    get #limit() {
      const given = Number(this.getAttribute("limit"));
      return Number.isInteger(given) && given >= 1 ? Math.min(given, MOST) : LIMIT;
    }

    /** Ask once, however many attributes change together. */
    #soon() {
      if (this.#due) return;
      this.#due = true;
      queueMicrotask(() => {
        this.#due = false;
        if (this.isConnected) this.#ask();
      });
    }

    #build() {
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      const input = made("input", { id: "q", type: "search", autocomplete: "off", maxlength: "4000" });
      const label = made("label", { for: "q" });
      const form = made("form", { role: "search" }, label, input, made("button", { type: "submit" }, "検索"));
      const asked = made("p", { class: "asked" });
      const status = made("p", { class: "weak", role: "status", "aria-live": "polite" });
      const answer = made("div");
      const link = made("a", { target: "_blank", rel: "noopener noreferrer" }, "検索の頁で開く");
      root.append(made("section", { class: "box", "aria-label": "政策・予算の検索" }, form, asked, status, answer,
        made("p", { class: "more" }, link)));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        if (input.value.trim() === this.#query) this.#soon();
        else this.setAttribute("q", input.value.trim());
      });
      this.#parts = { form, label, input, asked, status, answer, link };
    }

    #address(path, values) {
      const address = new URL(path, this.#base);
      for (const [name, value] of Object.entries(values)) address.searchParams.set(name, value);
      return address;
    }

    async #ask() {
      this.#asking?.abort();
      const { form, label, input, asked, link, answer } = this.#parts;
      const query = this.#query;
      const show = SHOWS[this.#show];
      const fixed = this.getAttribute("box") === "fixed";
      form.hidden = fixed;
      asked.hidden = !fixed;
      asked.textContent = query;
      label.textContent = show.label;
      if (this.shadowRoot.activeElement !== input || !input.value.trim()) input.value = query;
      if (!/^https?:/.test(this.#base)) return this.#say(TOLD.offline, true);
      link.href = this.#address(query ? show.page : "", query ? { [show.name]: query } : {});
      if (!query) {
        answer.replaceChildren();
        return this.#say(TOLD.empty);
      }
      this.#say(TOLD.asking);
      answer.classList.add("stale");
      const asking = new AbortController();
      this.#asking = asking;
      try {
        const values = { [show.name]: query, ...(this.#show === "hits" ? { limit: this.#limit } : {}) };
        const response = await fetch(this.#address(`api/v1/${show.api}`, values), {
          signal: asking.signal,
          headers: { Accept: "application/json" },
          credentials: this.getAttribute("credentials") === "include" ? "include" : "same-origin",
        });
        const told = await response.json().catch(() => null);
        if (asking.signal.aborted) return;
        if (response.ok && told) this.#answered(told);
        else this.#refused(response.status, told);
      } catch (error) {
        if (asking.signal.aborted) return;
        answer.replaceChildren();
        this.#say(error instanceof TypeError ? TOLD.offline : TOLD.broken, true);
      } finally {
        if (this.#asking === asking) answer.classList.remove("stale");
      }
    }

    #say(words, fault = false) {
      const { status } = this.#parts;
      status.classList.toggle("fault", fault);
      status.textContent = words;
    }

    #refused(status, told) {
      const { answer } = this.#parts;
      const example = told?.example ? `　例　${told.example}` : "";
      this.#say((TOLD[status] ?? told?.detail ?? TOLD.broken) + example, true);
      if (told?.source && Array.isArray(told.span)) {
        const letters = [...told.source];
        const [start, end] = told.span;
        answer.replaceChildren(made("p", {}, letters.slice(0, start).join(""),
          made("mark", {}, letters.slice(start, Math.max(end, start + 1)).join("") || "＿"), letters.slice(end).join("")));
      } else answer.replaceChildren();
    }

    #answered(told) {
      const drawn = { hits: () => this.#hits(told), total: () => this.#totals(told), history: () => this.#history(told) };
      const [words, ...parts] = drawn[this.#show]();
      this.#say(words);
      this.#parts.answer.replaceChildren(...parts.filter(Boolean));
    }

    #place(each, words) {
      const place = `${each.document}:${each.place.line}`;
      const href = this.#address(`items/${encodeURIComponent(place)}`, {});
      return made("a", { href, target: "_blank", rel: "noopener noreferrer" }, words ?? place);
    }

    #hits(page) {
      const counts = Object.keys(WORDS.groups).filter((each) => page.counts[each]);
      const found = counts.map((each) => `${WORDS.groups[each]} ${page.counts[each].toLocaleString("ja-JP")}件`).join("・");
      const tables = counts.map((group) => {
        const rows = page.hits.filter((hit) => hit.group === group).flatMap((hit) => this.#rows(hit, group));
        const caption = `${WORDS.groups[group]}${WORDS.open[group] ? ` ― ${WORDS.open[group]}` : ""}`;
        const heads = ["金額（億円）", "意味", "名称", "出典", ...(group === "certain" ? [] : ["理由"])];
        return rows.length ? table(caption, heads, rows, [0]) : null;
      });
      const shown = page.hits.length < page.found ? `（はじめの${page.hits.length}件）` : "";
      const said = found ? `${page.reading}：${found}${shown}` : `${page.reading}：該当なし`;
      return [said, ...tables, notes(page.diagnosis)];
    }

    #rows(hit, group) {
      const amounts = hit.matched.map((position) => hit.amounts[position]);
      const reason = group === "certain" ? [] : [hit.reason];
      return (amounts.length ? amounts : [null]).map((amount) => [
        amount ? oku(amount.yen) : NOTHING,
        amount ? meaning(amount) : "",
        hit.name + (amount?.label && amount.label !== hit.name ? ` └ ${amount.label}` : ""),
        this.#place(hit),
        ...reason,
      ]);
    }

    #totals(page) {
      const rows = page.totals.map((each) => [
        when(each),
        each.yen === null ? NOTHING : (each.about ? "約" : "") + oku(each.yen),
        oku(each.naive),
        String(each.counted.length),
        String(each.left_out.length),
      ]);
      const heads = ["年度・段階", "合計（億円）", "単純合計（億円）", "数えた件数", "数えない件数"];
      return [
        `${page.reading}：${rows.length ? "合計" : "合計できる金額なし"}`,
        rows.length ? table("合計", heads, rows, [1, 2, 3, 4]) : null,
        notes([...page.diagnosis, ...(rows.length ? [TOLD.apart] : [])]),
      ];
    }

    #history(page) {
      const key = (each) => `${each.years.join()} ${each.stage}`;
      const rows = page.points.map((each) => {
        const entry = page.entries.find((other) => key(other.amount ?? other) === key(each) && !other.reason);
        return [when(each), each.yen === null ? NOTHING : oku(each.yen), entry ? this.#place(entry) : ""];
      });
      const lines = page.outcomes.filter((each) => each.requested !== null).map((each) => {
        const got = each.got.filter((point) => point.yen !== null).map((point) => `${when(point)} ${oku(point.yen)}`);
        const share = each.share === null ? "" : `（${Math.round(each.share * 1000) / 10}%）`;
        const asked = `${each.year}年度要求 ${oku(each.requested)}億円`;
        const sum = got.length > 1 ? ` = ${oku(each.yen)}` : "";
        return got.length ? `${asked} → ${got.join(" + ")}${sum}億円${share}` : `${asked} → その後の予算の記載なし`;
      });
      return [page.name === this.#query ? `${rows.length}件の年度・段階` : page.name, rows.length ? table("経緯", ["年度・段階", "金額（億円）", "出典"], rows, [1]) : null, notes(lines)];
    }
  }

  if (!customElements.get("seisaku-search")) customElements.define("seisaku-search", SeisakuSearch);
})();
