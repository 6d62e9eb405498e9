// A plugin that works for one organisation and names what belongs to another one, in every function of the
// host that takes an organisation. The page answers a line for each: the function and what came of it.
#include <aspm/plugin.hpp>

#include <algorithm>
#include <sstream>

namespace {

using aspm::Call;

/// What the query names: own organisation, the other one, and of that one a project, a finding, a user and
/// the key of an alert; separated by commas.
struct Names {
    explicit Names(std::string_view query) {
        std::istringstream stream{std::string(query)};
        for (std::string* name : {&own, &other, &project, &finding, &user, &alert})
            std::getline(stream, *name, ',');
    }
    std::string own, other, project, finding, user, alert;
};

const std::string nothing = "nothing";

/// What the action answers, or that the host says there is no such thing.
template <class Action> std::string outcome(Action action) {
    try {
        return action();
    } catch (const aspm::NotFoundError&) {
        return "not found";
    }
}

/// For functions without an answer.
template <class Action> std::string done(Action action) {
    return outcome([&] {
        action();
        return std::string("done");
    });
}

class Trespasser : public aspm::Plugin {
public:
    explicit Trespasser(const aspm::Host& host) : Plugin(host) {}

    void start(aspm::Registrar& registrar) override {
        registrar.add<&Trespasser::page>(
            aspm::SettingsPage{"trespasser", "Trespasser", "Integrations / Trespasser"});
        registrar.add<&Trespasser::hook>(
            aspm::WebhookRoute{"trespasser", "POST", ASPM_ROUTE_PER_ORGANISATION, 1024});
    }
    void stop() override {}

private:
    void hook(Call&, const aspm::HttpRequest&, aspm::HttpResponse&) {}

    void page(Call& call, const aspm::HttpRequest& request, aspm::HttpResponse& response) {
        const Names names(request.query());
        std::ostringstream out;
        readFindings(call, names, out);
        changeFindings(call, names, out);
        readDirectory(call, names, out);
        readPlaces(call, names, out);
        tell(call, names, out);
        response.send(200, "text/plain; charset=utf-8", out.str());
    }

    void readFindings(Call& call, const Names& n, std::ostream& out) {
        const auto findings = host().service<aspm::Findings>();
        const auto found = findings.get(call, n.own, n.finding);
        out << "aspm_findings.get: " << (found ? found->title : nothing) << "\n";
        std::string titles;
        findings.list(call, n.own, n.project, "", [&](const aspm::FindingData& f) { titles += f.title; });
        findings.list(call, n.own, "", "", [&](const aspm::FindingData& f) { titles += f.title; });
        out << "aspm_findings.list: " << (titles.empty() ? nothing : titles) << "\n";
        const auto owner = host().service<aspm::Ownership>().owner(call, n.own, n.finding);
        out << "aspm_ownership.owner: " << (owner ? owner->email : nothing) << "\n";
    }

    void changeFindings(Call& call, const Names& n, std::ostream& out) {
        const auto findings = host().service<aspm::Findings>();
        aspm::TicketRef ticket;
        ticket.key = "ACME-1";
        out << "aspm_findings.set_status: "
            << done([&] { findings.setStatus(call, n.own, n.finding, ASPM_FINDING_RESOLVED, "mine"); })
            << "\naspm_findings.append_timeline: " << done([&] {
                   findings.appendTimeline(call, n.own, n.finding,
                                           {ASPM_TIMELINE_NOTE, "k", "", "mine", "", "", 0});
               })
            << "\naspm_findings.remove_timeline: "
            << done([&] { findings.removeTimeline(call, n.own, n.finding, "k"); })
            << "\naspm_findings.attach_ticket: "
            << done([&] { findings.attachTicket(call, n.own, n.finding, ticket); })
            << "\naspm_findings.detach_ticket: "
            << done([&] { findings.detachTicket(call, n.own, n.finding); }) << "\naspm_findings.report_push: "
            << done([&] { findings.reportPush(call, n.own, n.finding, ASPM_PUSH_PARKED, "mine", ""); });
        const auto refusals =
            findings.reportPushes(call, n.own, {{n.finding, ASPM_PUSH_PARKED, "mine", "", {}}});
        const bool isRefused = refusals.size() == 1 && refusals.front().status == ASPM_NOT_FOUND;
        out << "\naspm_findings.report_pushes: " << (isRefused ? "not found" : "done") << "\n";
    }

    void readDirectory(Call& call, const Names& n, std::ostream& out) {
        const auto directory = host().service<aspm::Directory>();
        out << "aspm_directory.projects: own";
        for (const auto& project : directory.projects(call, n.own))
            out << " " << project.organisation << "/" << project.name;
        const auto project = directory.project(call, n.own, n.project);
        out << "\naspm_directory.project: " << (project ? project->name : nothing)
            << "\naspm_directory.members: own";
        for (const auto& member : directory.members(call, n.own))
            out << " " << member.organisation << "/" << member.email;
        const auto member = directory.member(call, n.own, n.user);
        out << "\naspm_directory.member: " << (member ? member->email : nothing) << "\n";
    }

    void readPlaces(Call& call, const Names& n, std::ostream& out) {
        const auto secrets = host().service<aspm::Secrets>();
        const auto urls = host().service<aspm::Urls>();
        const auto theirs = secrets.currentKey(call, n.other);
        const auto isTheirs = [&](const aspm::SecretKey& key) { return key.bytes() == theirs.bytes(); };
        const auto key = secrets.key(call, n.own, theirs.id());
        out << "aspm_secrets.current_key: "
            << (isTheirs(secrets.currentKey(call, n.own)) ? "the other's" : "own")
            << "\naspm_secrets.key: " << (key && isTheirs(*key) ? "the other's" : nothing)
            << "\naspm_urls.webhook_route: "
            << (urls.webhookRoute(call, n.own, "trespasser").find(n.other) == std::string::npos ? "own" : "?")
            << "\naspm_urls.finding: " << outcome([&] {
                   const auto url = urls.finding(call, n.own, n.finding);
                   return std::string(url.find(n.other) == std::string::npos ? "own" : url);
               })
            << "\n";
    }

    /// In the own organisation, with the names that stand for something in the other one.
    void tell(Call& call, const Names& n, std::ostream& out) {
        const auto alerts = host().service<aspm::Alerts>();
        out << "aspm_alerts.raise: " << done([&] {
            alerts.raise(call, n.own, {ASPM_ALERT_WARNING, n.alert, "mine", "mine", "", ""});
        })
            << "\naspm_alerts.clear: " << done([&] { alerts.clear(call, n.own, n.alert); })
            << "\naspm_audit.record: " << done([&] {
                   host().service<aspm::Audit>().record(call,
                                                        {n.own, n.user, "tenant.probed", n.finding, ""});
               })
            << "\n";
    }
};

} // namespace

ASPM_PLUGIN(Trespasser, "test.trespasser", "1.0.0");
