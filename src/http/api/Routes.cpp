// The JSON API's table, put together.
#include "http/api/ListCache.h"
#include "http/api/Rows.h"

namespace tickmark::http {

Result<void> addApiRoutes(Router& router, WebApp& web) {
    web.lists = std::make_shared<api::ListCache>();
    for (auto* rows : {api::statusRows, api::sessionRows, api::findingRows}) {
        TM_CHECK(api::addRows(router, web, rows()));
    }
    return {};
}

}  // namespace tickmark::http
