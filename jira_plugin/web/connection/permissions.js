// What Mayo ASPM asks Atlassian for, and why.

import { t } from "../strings.js";
import { dataTable } from "../components/table.js";

const names = ["projects", "issues", "comments", "users", "webhooks"];

export function permissionsTable() {
  return dataTable({
    caption: t("permissions.title"),
    columns: [
      { label: t("permissions.permission"), heading: true, cell: (name) => t(`permissions.${name}`) },
      { label: t("permissions.why"), cell: (name) => t(`permissions.${name}Why`) },
    ],
    rows: names,
  });
}
