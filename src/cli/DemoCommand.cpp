// tickmark demo: loads the demonstration organisation.
#include "cli/Command.h"
#include "tickmark/app/Demo.h"

namespace tickmark::cli {
namespace {

struct DemoOptions {};

Outcome demo(Program& program, const DemoOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const auto made, app::loadDemo(*context, [](const std::string& text) { note(text + "..."); }));
    codec::Json accounts = codec::Json::array();
    std::string text = "Loaded " + std::to_string(made.audits) + " audits, " + std::to_string(made.findings) +
                       " findings, " + std::to_string(made.plans) + " corrective action plans, " +
                       std::to_string(made.actions) + " actions and " + std::to_string(made.files) +
                       " evidence files.\n";
    codec::Json leftOut = codec::Json::array();
    for (const std::string& line : made.leftOut) {
        leftOut.push(line);
        text += "Left out: " + line + "\n";
    }
    text += "\nSign in as (also in demo-accounts.txt of the data directory):\n";
    for (const auto& account : made.accounts) {
        accounts.push(codec::Json()
                          .set("account", account.account)
                          .set("name", account.name)
                          .set("role", domain::roleCode(account.role))
                          .set("password", account.password.reveal()));
        text += "  " + account.account + "  " + account.password.reveal() + "  " + account.name + "\n";
    }
    print(program,
          codec::Json()
              .set("audits", made.audits)
              .set("findings", made.findings)
              .set("plans", made.plans)
              .set("actions", made.actions)
              .set("files", made.files)
              .set("left_out", std::move(leftOut))
              .set("accounts", std::move(accounts)),
          text);
    return 0;
}

}  // namespace

void addDemo(CLI::App& root, Program& program) {
    addCommand(root, program, "demo", "Load the demonstration organisation", std::make_shared<DemoOptions>(),
               demo);
}

}  // namespace tickmark::cli
