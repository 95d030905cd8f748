import { accessTables } from "./access-tables.ts";
import { acrossSection } from "./across-section.ts";
import { checkByCheck } from "./check-by-check.ts";
import { comparisonSections } from "./comparison/comparison-sections.ts";
import { costSection } from "./comparison/cost-section.ts";
import { designSection } from "./comparison/design-section.ts";
import { historySections } from "./history-sections.ts";
import { howItWasMeasured } from "./how-it-was-measured.ts";
import { keepaliveSections } from "./keepalive-sections.ts";
import { loadSections } from "./load-sections.ts";
import { matrix } from "./matrix.ts";
import type { SectionMaker } from "./section.ts";
import { signatureSection } from "./signature-section.ts";
import { targetDetails } from "./target-details.ts";
import { thresholdsTable } from "./thresholds-table.ts";
import { timesTable } from "./times-table.ts";
import { troubleCards } from "./trouble-card.ts";
import { waterfallSection } from "./waterfall-section.ts";

/** In the order of the page: what is wrong, what was asked for, what was found, how it was found. */
export const sections: readonly SectionMaker[] = [
  troubleCards,
  acrossSection,
  historySections,
  comparisonSections,
  costSection,
  thresholdsTable,
  keepaliveSections,
  loadSections,
  accessTables,
  matrix,
  signatureSection,
  waterfallSection,
  targetDetails,
  checkByCheck,
  timesTable,
  designSection,
  howItWasMeasured,
];
