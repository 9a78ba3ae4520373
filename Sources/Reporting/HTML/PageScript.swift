extension PageAsset {
  /// The script: filters of tables, zoom of pictures, the age of evidence on the reader's day.
  static let script = PageAsset(
    element: "script",
    text: """
      "use strict";
      for (const hidden of document.querySelectorAll(".filters")) hidden.hidden = false;

      for (const box of document.querySelectorAll(".filtered")) {
        const find = name => box.querySelector(`[data-filter=${name}]`);
        const name = find("name"), verdict = find("verdict"), column = find("column");
        const output = box.querySelector("output");
        const rows = [...box.querySelectorAll("tbody tr")];
        const heads = [...box.querySelectorAll("thead [data-column]")];
        const apply = () => {
          const wanted = name.value.trim().toLowerCase();
          const chosen = column.value === "all" ? -1 : Number(column.value);
          heads.forEach((head, index) => { head.hidden = chosen >= 0 && index !== chosen; });
          let shown = 0;
          for (const row of rows) {
            const cells = [...row.querySelectorAll("[data-verdict]")];
            cells.forEach((cell, index) => { cell.hidden = chosen >= 0 && index !== chosen; });
            const verdicts = cells.filter(cell => !cell.hidden).map(cell => cell.dataset.verdict);
            const fits = verdict.value === "all" || verdicts.some(word =>
              verdict.value === "problem" ? word && word !== "supported" : word === verdict.value);
            row.hidden = !fits || !row.dataset.name.includes(wanted);
            if (!row.hidden) shown += 1;
          }
          output.textContent = output.dataset.text
            .replace("{shown}", shown).replace("{all}", rows.length);
        };
        // Browsers keep what was chosen when a page is loaded again.
        for (const control of [name, verdict, column]) control.addEventListener("input", apply);
        apply();
      }

      for (const box of document.querySelectorAll(".zoomed")) {
        const zoom = box.querySelector("[data-zoom]");
        const apply = () => {
          for (const graph of box.querySelectorAll(".graph"))
            graph.style.width = `${zoom.value * 100}%`;
        };
        zoom.addEventListener("input", apply);
        apply();
      }

      const { months, month } = document.body.dataset;
      for (const time of document.querySelectorAll("time")) {
        const days = (Date.now() - Date.parse(time.dateTime)) / 86400000;
        if (!(days >= 0)) continue;
        const count = Math.round(days / 30.44);
        const age = count > 0 ? months.replace("{count}", count) : month;
        time.title = age;
        if (!time.closest(".matrix") || time.closest("li")) time.after(` (${age})`);
      }

      """)
}
