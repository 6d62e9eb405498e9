#include "problem.hpp"

#include "connection/server_problem.hpp"
#include "jira/errors.hpp"
#include "mapping/json_reader.hpp"
#include "store/errors.hpp"
#include "sync/manual_link.hpp"
#include "trial/test_tickets.hpp"

#include <utility>

namespace jira_plugin::settings {

ApiProblem ApiProblem::invalid(const std::vector<FieldProblem>& details, std::string code) {
    const FieldProblem& first = details.front();
    ApiProblem problem(422, std::move(code), first.message, first.remedy, first.field);
    problem._details = details;
    return problem;
}

ApiProblem&& ApiProblem::retryAfter(std::int64_t ms) && {
    _retryAfterMs = ms;
    return std::move(*this);
}

ApiProblem&& ApiProblem::because(std::string cause) && {
    _cause = std::move(cause);
    return std::move(*this);
}

ApiProblem&& ApiProblem::alternatives(std::vector<FieldProblem> details) && {
    _details = std::move(details);
    return std::move(*this);
}

namespace {

int statusOf(connection::ServerProblem::Kind kind) {
    switch (kind) {
    case connection::ServerProblem::Kind::Input:
        return 422;
    case connection::ServerProblem::Kind::State:
        return 409;
    case connection::ServerProblem::Kind::Refused:
        return 502;
    case connection::ServerProblem::Kind::Unreachable:
        break;
    }
    return 503;
}

ApiProblem problemOf(const connection::ServerProblem& problem) {
    const auto& causes = problem.causes();
    const bool isInput = problem.kind() == connection::ServerProblem::Kind::Input;
    std::vector<FieldProblem> all;
    all.reserve(causes.size());
    for (const auto& each : causes)
        all.push_back({"url", each.cause, each.fix});
    if (all.size() == 1)
        all.clear(); // it says no more than the cause
    return ApiProblem(statusOf(problem.kind()), problem.code(), problem.what(), causes.front().fix,
                      isInput ? "url" : "")
        .because(causes.front().cause)
        .alternatives(std::move(all));
}

ApiProblem problemOf(const sync::LinkProblem& problem) {
    using Kind = sync::LinkProblem::Kind;
    const auto made = [&](int status, const char* code, const char* field = "") {
        return ApiProblem(status, code, problem.what(), problem.remedy(), field);
    };
    switch (problem.kind()) {
    case Kind::BadReference:
        return made(422, "bad_reference", "ticket");
    case Kind::OtherSite:
        return made(422, "other_site", "ticket");
    case Kind::NoTicket:
        return made(422, "no_ticket", "ticket");
    case Kind::NoFinding:
        return made(404, "not_found");
    case Kind::AlreadyLinked:
        return made(409, "already_linked");
    case Kind::NotLinked:
        return made(409, "not_linked");
    case Kind::StillUnderWay:
        return made(409, "under_way");
    case Kind::NotMapped:
        break;
    }
    return made(409, "not_mapped");
}

} // namespace

std::optional<ApiProblem> problemOf(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const ApiProblem& e) {
        return e;
    } catch (const mapping::SettingsProblem& e) {
        return ApiProblem(400, "invalid_request", e.what(), "Correct it and send it again.", e.field());
    } catch (const trial::TrialProblem& e) {
        return ApiProblem(409, e.code(), e.what(), e.remedy());
    } catch (const sync::LinkProblem& e) {
        return problemOf(e);
    } catch (const connection::ServerProblem& e) {
        return problemOf(e);
    } catch (const jira::NotConfigured& e) {
        return ApiProblem(409, "not_connected", e.what(), e.remedy());
    } catch (const jira::ReconnectNeeded& e) {
        return ApiProblem(409, "reconnect_needed", e.what(), e.remedy());
    } catch (const jira::RetryLater& e) {
        return ApiProblem(503, "jira_unavailable", e.what(), e.remedy()).retryAfter(e.retryAfterMs());
    } catch (const jira::Error& e) {
        return ApiProblem(502, "jira_refused", e.what(), e.remedy());
    } catch (const store::StoreError& e) {
        return ApiProblem(503, "storage", e.what(), e.remedy());
    } catch (...) {
        return std::nullopt;
    }
}

} // namespace jira_plugin::settings
