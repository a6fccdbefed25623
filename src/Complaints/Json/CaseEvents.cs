using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Cases;

namespace Complaints.Json;

/// <summary>An event as it is stored.</summary>
/// <param name="Type">Permanent name of the kind of event.</param>
/// <param name="Version">Version of the payload's form.</param>
/// <param name="Payload">JSON.</param>
public sealed record StoredEvent(string Type, int Version, string Payload);

/// <summary>The stored form of case events. Names and forms once released never change; a new form gets a new version.</summary>
public static class CaseEvents
{
    /// <summary>The version written today.</summary>
    public const int CurrentVersion = 1;

    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        ["submitted"] = typeof(CaseSubmitted),
        ["acknowledged"] = typeof(CaseAcknowledged),
        ["message"] = typeof(MessageAdded),
        ["note"] = typeof(NoteAdded),
        ["assessed"] = typeof(CaseAssessed),
        ["assigned"] = typeof(CaseAssigned),
        ["routed"] = typeof(CaseRouted),
        ["investigation-started"] = typeof(InvestigationStarted),
        ["customer-asked"] = typeof(CustomerAsked),
        ["third-party-asked"] = typeof(ThirdPartyAsked),
        ["investigation-resumed"] = typeof(InvestigationResumed),
        ["reminder"] = typeof(ReminderSent),
        ["no-answer"] = typeof(NoAnswerRecorded),
        ["decision"] = typeof(DecisionSent),
        ["accepted"] = typeof(DecisionAccepted),
        ["disputed"] = typeof(DecisionDisputed),
        ["second-review"] = typeof(SecondReviewStarted),
        ["final-decision"] = typeof(FinalDecisionSent),
        ["remedy-delivered"] = typeof(RemedyDelivered),
        ["closed"] = typeof(CaseClosed),
        ["withdrawn"] = typeof(CaseWithdrawn),
        ["duplicate"] = typeof(MarkedDuplicate),
        ["duplicate-absorbed"] = typeof(DuplicateAbsorbed),
        ["out-of-scope"] = typeof(MarkedOutOfScope),
        ["reopened"] = typeof(CaseReopened),
        ["rated"] = typeof(CaseRated),
        ["linked"] = typeof(CaseLinked),
        ["date-promised"] = typeof(DatePromised),
        ["visit-scheduled"] = typeof(VisitScheduled),
        ["visit-reported"] = typeof(VisitReported),
        ["visit-confirmed"] = typeof(VisitConfirmed),
        ["rules-changed"] = typeof(RulesChanged),
        ["clock-breached"] = typeof(ClockBreached),
        ["clock-stopped"] = typeof(ClockStopped),
        ["escalation"] = typeof(EscalationRaised),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, string> Names = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>The names of all kinds of events.</summary>
    public static IEnumerable<string> TypeNames => Types.Keys.Order(StringComparer.Ordinal);

    /// <summary>Writes an event.</summary>
    public static StoredEvent ToJson(CaseEvent happened) =>
        new(Names[happened.GetType()], CurrentVersion, JsonSerializer.Serialize(happened, happened.GetType(), Options));

    /// <summary>Reads an event.</summary>
    /// <exception cref="NotSupportedException">The kind or version is unknown: written by a later release.</exception>
    /// <exception cref="JsonException">The payload is not of its form.</exception>
    public static CaseEvent FromJson(StoredEvent stored)
    {
        if (stored.Version is < 1 or > CurrentVersion || !Types.TryGetValue(stored.Type, out var type))
            throw new NotSupportedException($"Event '{stored.Type}' version {stored.Version} is not known to this release.");
        return JsonSerializer.Deserialize(stored.Payload, type, Options) as CaseEvent ?? throw new JsonException($"Event '{stored.Type}' has an empty payload.");
    }
}
