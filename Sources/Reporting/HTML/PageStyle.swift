import Porting

extension PageAsset {
  /// The style sheet.
  ///
  /// Wide tables scroll in boxes of their own, on phones rankings become cards.
  static let style = PageAsset(element: "style", text: PagePalette.sheet + layout + tables + media)

  private static let layout = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);
      font:16px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC",sans-serif;
      overflow-wrap:anywhere}
    header,main,footer{max-width:92rem;margin:0 auto;padding:0 1.5rem}
    header{padding-top:1.5rem}
    footer{padding:2rem 1.5rem;color:var(--faint);font-size:.875rem}
    footer p,.brand{margin:0}
    .brand{color:var(--faint);font-size:.875rem;letter-spacing:.04em}
    h1{margin:.1rem 0 .5rem;font-size:1.75rem;line-height:1.25}
    h2{margin:2.5rem 0 .5rem;font-size:1.25rem}
    h2.model{margin-top:3.5rem;padding-top:1rem;border-top:3px solid var(--line);font-size:1.5rem}
    h3{margin:1.5rem 0 .5rem;font-size:1rem}
    p{margin:.5rem 0;max-width:75rem}
    a{color:var(--link)}
    code{font:.875em/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    small{font-size:.8125rem}
    .answer{font-size:1.25rem}
    .facts,.note,small,.places,.citation{color:var(--faint)}
    .note{font-size:.875rem}
    .invalid{color:var(--unsupported-text);font-weight:600}
    .skip{position:absolute;left:-99rem}
    .skip:focus{left:1rem;top:1rem;padding:.5rem 1rem;background:var(--paper);z-index:9}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:1rem 0 0;padding:0;
      list-style:none;font-size:.875rem}
    .badge{display:inline-block;padding:0 .5em;border-radius:.75em;font-size:.8125rem;
      font-weight:600;line-height:1.6;white-space:nowrap}
    .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0 1rem;padding:0;
      list-style:none;font-size:.875rem}
    .figures{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:1rem 0}
    .figures dt{color:var(--faint);font-size:.875rem}
    .figures dd{margin:0;font-weight:600}
    .filters{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;align-items:end;margin:1rem 0}
    .filters[hidden]{display:none}
    .filters label span{display:block;color:var(--faint);font-size:.8125rem}
    .filters output{color:var(--faint);font-size:.875rem;line-height:2.25rem}
    input,select{font:inherit;height:2.25rem;padding:0 .5rem;color:var(--ink);max-width:100%;
      background:var(--paper);border:1px solid var(--faint);border-radius:.375rem}
    input[type=range]{padding:0;width:16rem;accent-color:var(--link)}
    svg{display:block}
    .bar{width:100%;height:.75rem;border-radius:.25rem}
    .strip{width:100%;max-width:20rem;height:auto}
    .graph{width:100%;height:2.75rem}
    .key{display:inline-block;width:.9rem;height:.9rem;margin-right:.4rem;vertical-align:-.1rem}
    .current{stroke:var(--ink);stroke-width:1.5}
    .p-none{fill:var(--line)}
    .p-range{fill:var(--faint)}
    .p-likely{fill:var(--link)}
    \(parts)
    \(kinds)
    [class^="k-"]{stroke:var(--paper);stroke-width:1}
    .efforts{margin:1rem 0}
    .efforts figcaption{color:var(--faint);font-size:.875rem}
    .effort{margin:.25rem 0 .75rem}
    .effort-head{margin:0;max-width:none;font-size:.9375rem}
    .effort-head code{font-weight:600}
    .effort-bars{display:grid;grid-template-columns:5.5rem 1fr;align-items:center;column-gap:.5rem;
      color:var(--faint);font-size:.8125rem}
    .effort-bar{width:100%;height:22px;overflow:visible}
    .axis{width:100%;height:20px;overflow:visible}
    .axis text{fill:var(--faint);font-size:12px}
    .tick,.grid{stroke:var(--line)}
    .whisker{stroke:var(--ink);stroke-width:2}
    .whisker-edge{stroke:var(--paper);stroke-width:5}
    .sum>*{font-weight:600;border-top:2px solid var(--line)}
    tr:target>*{background:var(--panel)}
    .runs{margin:1rem 0}
    .runs .scroll{margin:.25rem 0}
    .runs figcaption{margin-bottom:.25rem}
    details{margin:.5rem 0}
    summary{cursor:pointer;padding:.25rem 0}
    summary .badge{margin:0 .75rem}
    .target{border-top:1px solid var(--line)}
    .target[open]{padding-bottom:1rem}
    .findings{margin:.5rem 0;padding:0;list-style:none}
    .findings li{padding:.5rem 0 .5rem 1rem;border-left:3px solid var(--line);margin:.75rem 0}
    .findings p{margin:.1rem 0}
    .finding{display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:baseline}
    .finding .rule{font-size:.8125rem}
    .places,.help,.citation{font-size:.875rem}
    cite{font-style:normal}

    """

  /// For each verdict the colours of words and of parts of charts.
  private static var parts: String {
    ["supported", "conditional", "fallback", "unknown", "silent", "unsupported"].map {
      ".v-\($0){color:var(--\($0)-text);background:var(--\($0)-back)}.p-\($0){fill:var(--\($0)-part)}"
    }.joined(separator: "\n")
  }

  /// The colours of kinds of work.
  private static var kinds: String {
    WorkKind.allCases.map { ".k-\($0.rawValue){fill:var(--\($0.rawValue))}" }
      .joined(separator: "\n")
  }

  private static let tables = """
    .scroll{overflow-x:auto;margin:.5rem 0}
    table{border-collapse:collapse;font-size:.9375rem}
    caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
      white-space:nowrap}
    /* Cells with words from outside may break them anywhere, but stay wide enough to read. */
    th,td{padding:.4rem .75rem;text-align:left;vertical-align:top;overflow-wrap:normal;
      border-bottom:1px solid var(--line)}
    thead th{color:var(--faint);font-size:.8125rem;font-weight:600;vertical-align:bottom}
    tbody th{font-weight:600;min-width:9rem;overflow-wrap:anywhere}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    td small,th small,th code{display:block}
    th code{font-weight:400;color:var(--faint)}
    .ranking{width:100%}
    .ranking tbody th{min-width:15rem;width:26%}
    .ranking td{min-width:6.5rem;overflow-wrap:anywhere}
    .ranking .number{min-width:0}
    .ranking td:nth-of-type(3){min-width:15rem;width:30%}
    .ranking td:last-child{min-width:11rem}
    .plain{min-width:min(100%,48rem)}
    .plain td:not(.number){min-width:6.5rem;overflow-wrap:anywhere}
    .plain .badge{white-space:normal}
    .plain td .bar{min-width:10rem}
    .plain td .strip{min-width:16rem}
    .numbers tbody th{min-width:14rem}
    .plain.numbers td.number,.ledger td.number{min-width:0}
    .plan td:nth-of-type(1),.plan td:nth-of-type(4){min-width:16rem}
    .plan td:nth-of-type(3){min-width:4rem}
    .plan tbody th,.ledger tbody th{min-width:5.5rem}
    .plain .gantt{min-width:11rem}
    .ledger td:nth-of-type(1){min-width:13rem}
    .ledger td:nth-of-type(3),.ledger td:last-child{min-width:14rem}
    .rules td{min-width:14rem}
    .ledger{font-size:.875rem}
    .matrix th:first-child{position:sticky;left:0;background:var(--paper);z-index:1}
    .matrix{font-size:.875rem}
    .matrix th,.matrix td{padding:.25rem .4rem}
    .matrix tbody th{min-width:10.5rem}
    .matrix .badge{font-size:.75rem}
    .matrix th small{font-weight:400}
    .matrix td small{white-space:nowrap;font-size:.6875rem}
    .sources{margin:0;font-size:.6875rem;color:var(--faint)}
    .sources summary{padding:0;white-space:nowrap}
    .sources ul{margin:.25rem 0;padding:0 0 0 .9rem;width:16rem;overflow-wrap:anywhere;
      color:var(--ink);font-size:.75rem}
    .sources li{margin:.2rem 0}
    .matrix tr[hidden],.matrix [hidden]{display:none}

    """

  /// Rows of tables as cards, each cell beside the heading of its column.
  private static let cards: String = {
    let table = ".plain:not(.numbers)"
    return """
        \(table),\(table) tbody,\(table) tr,\(table) tbody th{display:block;width:auto;
          min-width:0;max-width:none}
        \(table) thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
        \(table) tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
        \(table) tbody th,\(table) tr>td{padding:.1rem 0;border:0;text-align:left;min-width:0}
        \(table) tr>td{display:grid;grid-template-columns:6.5rem 1fr;column-gap:.5rem;
          white-space:normal}
        \(table) tr>td:empty{display:none}
        \(table) td::before{content:attr(data-label);grid-row:1/9;color:var(--faint);
          font-size:.875rem}
        \(table) td>*{grid-column:2;justify-self:start}
        \(table) td .bar,\(table) td .strip{min-width:0}
      """
  }()

  private static let media = """
    @media (max-width:48rem){
      header,main,footer{padding-left:1rem;padding-right:1rem}
      h1{font-size:1.375rem}
      .answer{font-size:1.0625rem}
      .legend:not(.kinds){display:block}
      .legend li{margin:.25rem 0}
      .ranking,.ranking tbody,.ranking th,.ranking td{display:block;min-width:0}
      .ranking thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
      .ranking tr{display:grid;grid-template-columns:1.75rem 1fr;padding:.75rem 0;
        border-bottom:1px solid var(--line)}
      .ranking tbody th,.ranking td{padding:.15rem 0;border:0;text-align:left;width:auto}
      .ranking tbody th{min-width:0;width:auto}
      .ranking td{display:grid;grid-column:2;grid-template-columns:6.5rem 1fr;column-gap:.5rem;
        min-width:0}
      .ranking td:first-child{display:block;grid-column:1}
      .ranking td:first-child::before{display:none}
      .ranking td:nth-of-type(3),.ranking td:last-child{min-width:0;width:auto}
      .ranking td::before{content:attr(data-label);grid-row:1/9;color:var(--faint);
        font-size:.875rem}
      .ranking td>*{grid-column:2;justify-self:start}
      .ranking td>.bar{margin-top:.4rem}
      .matrix tbody th,.plain tbody th{min-width:7rem;max-width:9rem}
      \(cards)
      .effort-bars{grid-template-columns:4.25rem 1fr;font-size:.75rem}
    }
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    @media print{
      @page{size:A4 landscape;margin:12mm}
      body{font-size:10pt}
      header,main,footer{max-width:none;padding:0}
      .filters,.skip,nav{display:none}
      .scroll{overflow:visible}
      h2{margin-top:14pt}
      .ranking,.plain{font-size:8pt}
      .ranking th,.ranking td,.plain th,.plain td{padding:2pt 4pt}
      .ranking tbody th,.ranking td,.ranking td:nth-of-type(3),.ranking td:last-child,
      .plain tbody th,.plain td:not(.number){min-width:0}
      .plain{min-width:0}
      .ranking tbody th{width:20%}
      .ranking td:nth-of-type(3){width:18%}
      .plan tbody th{min-width:4.5rem}
      .target{margin:0}
      small{font-size:7pt}
      .matrix{font-size:7pt}
      .matrix tbody th{min-width:22mm}
      .sources,.sources summary{font-size:6pt;white-space:normal}
      .matrix .badge,.matrix small,.matrix thead th{font-size:6pt;white-space:normal}
      .matrix td small{font-size:6pt;white-space:normal}
      .matrix th,.matrix td{padding:1pt 2pt}
      .matrix th:first-child{position:static}
      section,tr,li,figure,.effort{break-inside:avoid}
      section,.efforts{break-inside:auto}
      h2,h3{break-after:avoid}
      *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }
    @media (forced-colors:active){.badge{border:1px solid}svg{forced-color-adjust:none}}

    """
}
