// A site where a KPI is defined.
#pragma once

#include "http/ApiFixture.h"

namespace tickmark::http::test {

/// Improvement items can name K-0001 in it.
struct MeasuredSite : Site {
    MeasuredSite() {
        must(201,
             as("ida").post("/api/v1/kpis", R"({"name":"Incidents with a confirmed priority","unit":"%"})"));
    }
};

}  // namespace tickmark::http::test
