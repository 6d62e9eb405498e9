#pragma once

#include "push_parts.hpp"
#include "store/outbox_listing.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::push {

class PushWorker;

/// What a caller hears about one finding at once; what becomes of it later goes to host::Findings.
struct Receipt {
    std::string finding;
    host::PushState state = host::PushState::None;
    std::int64_t sinceMs = 0;
    std::string message;
    std::string remedy;
    std::optional<host::TicketRef> ticket; ///< with Created
};

/// What a finding would become now.
struct Preview {
    std::vector<std::pair<std::string, std::string>> fields; ///< name and value, for a person
    std::string body;                                        ///< the exact JSON that would be sent
    struct Problem {
        std::string message;
        std::string remedy;
    };
    std::vector<Problem> problems; ///< what would make it fail or differ
    std::optional<mapping::TicketDraft> draft;
};

/// The push as the host and the settings pages use it. Nothing here creates a ticket: the worker does. Safe
/// from any thread. Throws store::StoreError.
class PushService {
public:
    /// Both borrowed; they outlive this.
    PushService(PushParts& parts, PushWorker& worker)
        : _parts(parts), _worker(worker), _listing(parts.database) {}

    struct Request {
        std::string organisation;
        std::string requestedBy; ///< user id; empty: a policy of the host
        bool retryParked = false;
    };
    /// Gives the finding of an index, NULL after the last; each is borrowed until the next call. At most
    /// 10,000 are asked for, one after the other, and from the start again when the transaction has to be.
    using FindingSource = std::function<const host::Finding*(std::size_t index)>;
    /// Takes the receipts in the same order.
    using ReceiptSink = std::function<void(const Receipt&)>;

    /// Makes the request durable: when it returns, every finding whose receipt does not say Refused is in the
    /// outbox, in one transaction. Asking again changes nothing, whatever the order. A small portion is in
    /// memory at a time. The sink is called after the transaction. Throws std::invalid_argument for a finding
    /// of another organisation and for more than 10,000.
    void request(const Request& request, const FindingSource& findings, const ReceiptSink& receipts);
    std::vector<Receipt> request(const Request& request, const std::vector<host::Finding>& findings);

    /// Asks Jira for metadata at most; creates nothing. What goes wrong is in `problems`.
    Preview preview(const host::Finding& finding);

    /// Where a push stands; PushState::None for a finding that was never pushed.
    Receipt state(const std::string& organisation, const std::string& finding);

    /// Queue parked findings again: one (false when it is not parked), all with a cause, or all. Return how
    /// many.
    bool retry(const std::string& organisation, const std::string& finding);
    std::int64_t retryCause(const std::string& organisation, const std::string& cause);
    std::int64_t retryAll(const std::string& organisation);

    /// The mapping of a project (empty: of the whole organisation) has changed: what was parked because of it
    /// is queued again. Returns how many.
    std::int64_t requeueForMapping(const std::string& organisation, const std::string& project);

    /// What the host says became of a finding. One that is settled or gone before its ticket was begun leaves
    /// the queue, with a word on its timeline; otherwise what will be sent follows the finding. A ticket that
    /// exists, or may exist, is not touched. The same change may be told twice.
    void findingChanged(const host::Finding& finding, bool deleted);

    /// For the activity page.
    store::OutboxListing& listing() { return _listing; }
    /// Why the whole queue of an organisation waits; nothing when it does not.
    std::optional<store::Pause> pause(const std::string& organisation) {
        return _parts.gate.closed(organisation);
    }

private:
    void forgetJira(const std::string& organisation);
    std::int64_t requeue(const std::string& organisation, const store::OutboxStore::Requeue& which);

    PushParts& _parts;
    PushWorker& _worker;
    store::OutboxListing _listing;
};

} // namespace jira_plugin::push
