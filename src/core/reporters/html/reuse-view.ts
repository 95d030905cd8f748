import { reuseSentence, subjectOf } from "../load-words.ts";
import type { ReportedLoad } from "../run-report.ts";
import { grouped } from "../show-number.ts";
import { html, type Markup } from "./markup.ts";
import { meter } from "./meter.ts";

/** How well connections were kept: what was opened beside what would have done. */
export function reuseView(load: ReportedLoad): Markup {
  if (load.reuse === null) return html``;
  const { connections, perfect } = load.reuse;
  const { requests } = load;
  const most = Math.max(1, connections, perfect);
  const label = `Connections to ${subjectOf(load)}`;
  return html`<h4>Connection reuse</h4><p>${reuseSentence(load)}</p><div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="numbers">
<thead><tr><th scope="col">Connections</th><th scope="col">Count</th><th scope="col">Requests on each</th><th scope="col">Side by side</th></tr></thead>
<tbody>${line("Opened", connections, requests, most, "opened")}${line("Perfect keep-alive would have opened", perfect, requests, most, "s1")}</tbody></table></div>`;
}

const line = (name: string, count: number, requests: number, most: number, className: string): Markup =>
  html`<tr><th scope="row">${name}</th><td>${grouped(count)}</td><td>${count === 0 ? "–" : grouped(Math.round(requests / count))}</td><td>${meter(count / most, className)}</td></tr>`;
