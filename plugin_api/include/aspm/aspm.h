/* The whole contract in one include. */
#ifndef ASPM_ASPM_H
#define ASPM_ASPM_H

#include "contrib/finding_status.h"
#include "contrib/settings_page.h"
#include "contrib/ticket_push.h"
#include "contrib/webhook_route.h"
#include "plugin.h"
#include "service/alerts.h"
#include "service/audit.h"
#include "service/clock.h"
#include "service/config.h"
#include "service/directory.h"
#include "service/findings.h"
#include "service/log.h"
#include "service/metrics.h"
#include "service/ownership.h"
#include "service/scheduler.h"
#include "service/secrets.h"
#include "service/storage.h"
#include "service/urls.h"

#endif
