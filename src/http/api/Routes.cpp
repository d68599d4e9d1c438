// The JSON API's table, put together.
#include "http/api/ListCache.h"
#include "http/api/Rows.h"

namespace tickmark::http {

Result<void> addApiRoutes(Router& router, WebApp& web) {
    web.lists = std::make_shared<api::ListCache>();
    for (auto* rows :
         {api::statusRows,  api::sessionRows, api::homeRows,    api::auditRows,       api::checklistRows,
          api::findingRows, api::actionRows,  api::dueRows,     api::searchRows,      api::objectiveRows,
          api::policyRows,  api::ideaRows,    api::requestRows, api::improvementRows, api::bundleRows,
          api::ledgerRows,  api::witnessRows, api::importRows,  api::accountRows,     api::trendRows}) {
        TM_CHECK(api::addRows(router, web, rows()));
    }
    TM_CHECK(api::addRows(router, web, api::reportRows()));
    TM_CHECK(api::addRows(router, web, api::uploadRows(web.context->settings.uploadCap)));
    TM_CHECK(api::addRows(router, web, api::kpiRows()));
    TM_CHECK(api::addRows(router, web, api::reviewRows()));
    TM_CHECK(api::addRows(router, web, api::bulkRows()));
    TM_CHECK(api::addRows(router, web, api::filterRows()));
    TM_CHECK(api::addRows(router, web, api::assignRows()));
    TM_CHECK(api::addRows(router, web, api::lessonRows()));
    TM_CHECK(api::addRows(router, web, api::feedbackRows()));
    return api::addRows(router, web, api::evidenceRows(web.context->settings.uploadCap));
}

}  // namespace tickmark::http
