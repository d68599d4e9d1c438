// Every page of the program.
#include "http/pages/ImprovementPages.h"
#include "http/pages/Page.h"

namespace tickmark::http {

Result<void> addPageRoutes(Router& router, WebApp& web) {
    web.errorPage = [&web](Request& request, const Error& error, int status) -> std::optional<Response> {
        const pages::PersonScope person(request);
        return pages::errorPage(web, request, error, status);
    };
    TM_CHECK(pages::addSignInPages(router, web));
    TM_CHECK(pages::addHomePages(router, web));
    TM_CHECK(pages::addDuePages(router, web));
    TM_CHECK(pages::addIdeaPages(router, web));
    TM_CHECK(pages::addFeedbackPages(router, web));
    TM_CHECK(pages::addServiceReviewPages(router, web));
    TM_CHECK(pages::addSearchPages(router, web));
    TM_CHECK(pages::addObjectivePages(router, web));
    TM_CHECK(pages::addPolicyPages(router, web));
    TM_CHECK(pages::addFindingForms(router, web));
    TM_CHECK(pages::addResponseForms(router, web));
    TM_CHECK(pages::addFindingPages(router, web));
    TM_CHECK(pages::addActionPages(router, web));
    TM_CHECK(pages::addAuditPages(router, web));
    TM_CHECK(pages::addAuditReportPages(router, web));
    TM_CHECK(pages::addRequestPages(router, web));
    TM_CHECK(pages::addEvidencePages(router, web));
    TM_CHECK(pages::addBundlePages(router, web));
    TM_CHECK(pages::addLogPages(router, web));
    TM_CHECK(pages::addImprovementLists(router, web));
    TM_CHECK(pages::addImprovementForms(router, web));
    TM_CHECK(pages::addImprovementPage(router, web));
    TM_CHECK(pages::addLessonPages(router, web));
    TM_CHECK(pages::addTrendPages(router, web));
    TM_CHECK(pages::addMatchingPages(router, web));
    TM_CHECK(pages::addKpiPages(router, web));
    TM_CHECK(pages::addReviewPages(router, web));
    TM_CHECK(pages::addBulkPages(router, web));
    TM_CHECK(pages::addFilterPages(router, web));
    TM_CHECK(pages::addApiPages(router, web));
    return pages::addAccountPages(router, web);
}

}  // namespace tickmark::http
