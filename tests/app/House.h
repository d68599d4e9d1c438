// A data directory with people of every role and one audit, its clock set by hand.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "support/Outcome.h"
#include "tickmark/app/Actions.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/Context.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Findings.h"
#include "tickmark/ledger/Event.h"

namespace tickmark::test {

/// Each house is a fresh copy of one that was furnished once: accounts la-01 (leads the audit), la-02 (not on
/// its team), au-01 (on the team), au-02 (not), po-01, po-02, ao-01, im-01, tm-01, xa-01, ad-01, all with the
/// password below; the audit IA-1 in fieldwork against iso20000-1.
class House {
  public:
    static constexpr const char* password = "correct-horse-battery";
    static Timestamp start();

    House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;
    ~House();

    [[nodiscard]] app::Context& context() const { return *m_context; }
    [[nodiscard]] const std::filesystem::path& root() const noexcept { return m_root; }
    [[nodiscard]] SetClock& clock() const { return *m_clock; }
    [[nodiscard]] std::shared_ptr<const Clock> sharedClock() const { return m_clock; }
    [[nodiscard]] domain::Actor as(const std::string& account) const;
    void close() { m_context.reset(); }
    void open(app::OpenMode mode = app::OpenMode::ReadWrite);

    // ---- what happened
    [[nodiscard]] std::int64_t entries() const;
    [[nodiscard]] ledger::Event lastEvent() const;
    [[nodiscard]] std::vector<std::string> objects() const;

    // ---- audits
    [[nodiscard]] domain::Audit audit(const std::string& ref = "IA-1") const;
    domain::Audit moveAudit(const std::string& ref, domain::AuditEvent event, const std::string& reason = {});

    // ---- evidence
    [[nodiscard]] static app::EvidenceInput toAudit(const std::string& fileName);
    app::Receipt give(const std::string& account, const app::EvidenceInput& input, std::string_view bytes);
    Result<app::Receipt> tryGive(const std::string& account, const app::EvidenceInput& input,
                                 std::string_view bytes);

    // ---- findings: each takes the one before as far as its name says
    [[nodiscard]] app::FindingDraft draft() const;
    domain::Finding recorded();
    domain::Finding issued();
    domain::Finding responded();
    domain::Finding planAccepted();
    domain::Finding implemented();
    domain::Finding verified();
    domain::Finding closed();
    [[nodiscard]] domain::Finding finding(const domain::FindingRef& ref) const;
    domain::Finding step(const std::string& account, const domain::FindingRef& ref,
                         domain::FindingEvent event, const std::string& reason = {});
    Result<domain::Finding> tryStep(const std::string& account, const domain::FindingRef& ref,
                                    domain::FindingEvent event, const std::string& reason = {});
    [[nodiscard]] static domain::Response response();
    domain::Action plan(const domain::FindingRef& ref, const std::string& owner = "ao-01");
    [[nodiscard]] domain::Action action(const domain::ActionRef& ref) const;
    domain::Action actionStep(const std::string& account, const domain::ActionRef& ref,
                              domain::ActionEvent event, const std::string& reason = {});

  private:
    std::filesystem::path m_folder;
    std::filesystem::path m_root;
    std::shared_ptr<SetClock> m_clock;
    std::unique_ptr<app::Context> m_context{};
};

}  // namespace tickmark::test
