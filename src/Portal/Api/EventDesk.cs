using System.Globalization;
using System.Text.Json;
using Portal.Rewarding;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Api;

/// <summary>Takes one reported event to its use case.</summary>
internal sealed class EventDesk(Rewards rewards, ProgrammeStore programmes, RecordEvent record)
{
    private const int MaxText = 200;

    private static readonly string[] Types = [ActivityTypes.Visit, ActivityTypes.Review, ActivityTypes.Payment, ActivityTypes.ReferralQualified];

    public Task<ApiOutcome<EventAnswer>> RecordAsync(EventRequest request, CancellationToken cancel) =>
        Conflicts.OnceMoreAsync(() => RecordOnceAsync(request, cancel));

    private async Task<ApiOutcome<EventAnswer>> RecordOnceAsync(EventRequest request, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var checks = new FieldChecks();
        var programme = (await programmes.CurrentAsync(work, cancel)).Programme;
        var known = request is { Type.Length: > 0, Reference.Length: > 0 } ? await Decider.KnownAsync(work.Db, request.Type.Trim(), request.Reference.Trim(), cancel) : null;
        if (request.Member is null)
            checks.Add("member", "required");
        var member = request.Member is null ? null : await MemberLookup.FindAsync(work.Db, request.Member, checks, anyState: known is not null, cancel);
        Moments.Check(checks, request.OccurredAt, work.Now);
        // A repeat without a time of its own means the time of the first.
        if (Read(request, member?.Id, request.OccurredAt ?? known?.OccurredAt ?? work.Now, programme, checks) is not { } activity)
            return checks.Problem;
        var result = await record.HandleAsync(work, activity, cancel);
        if (!result.Succeeded)
            return Refusals.Of(result.Refusals);
        await work.CommitAsync(cancel);
        var receipt = result.Value;
        return new(new()
        {
            Id = receipt.Event,
            Reference = activity.Reference,
            Type = activity.Type,
            Repeated = receipt.Repeated,
            Member = activity.Member!.Value.Value,
            OccurredAt = receipt.Decision.OccurredAt,
            PointsEarned = receipt.Decision.PointsAwarded(),
            Balance = receipt.Balance,
            Pending = receipt.Pending,
            Version = receipt.Version,
            Explanation = PricedAnswer.Explained(receipt.Decision, programme),
        }, receipt.Repeated, null);
    }

    private static Activity? Read(EventRequest request, MemberId? member, DateTime at, Programme programme, FieldChecks checks)
    {
        var reference = checks.Text("reference", request.Reference, FieldChecks.MaxReference) ?? "";
        var type = request.Type?.Trim() ?? "";
        var custom = programme.CustomActivities.FirstOrDefault(c => ActivityTypes.CustomPrefix + c.Name == type);
        Activity? activity = type switch
        {
            ActivityTypes.Visit => new Visit { Reference = reference, Member = member, OccurredAt = at, Store = checks.Optional("store", request.Store, 64) },
            ActivityTypes.Review => new Review
            {
                Reference = reference,
                Member = member,
                OccurredAt = at,
                Sku = checks.Text("sku", request.Sku, 64) ?? "",
                Rating = Within(request.Rating, 1, 5, "rating", checks),
                Length = Within(request.Length, 0, 1_000_000, "length", checks) ?? 0,
            },
            ActivityTypes.Payment => new Payment
            {
                Reference = reference,
                Member = member,
                OccurredAt = at,
                Invoice = checks.Text("invoice", request.Invoice, MaxText) ?? "",
                Amount = checks.Given("amount", request.Amount),
                Method = checks.Optional("method", request.Method, 64),
                DaysEarly = Within(request.DaysEarly, -3660, 3660, "daysEarly", checks),
            },
            ActivityTypes.ReferralQualified => new ReferralQualified { Reference = reference, Member = member, OccurredAt = at, Side = Side(request.Side, checks) },
            _ when custom is not null => new Custom { Reference = reference, Member = member, OccurredAt = at, Name = custom.Name, Fields = Fields(request.Fields, custom, checks) },
            _ => null,
        };
        if (activity is null)
            checks.Add("type", "one_of", string.Join(", ", Types.Concat(programme.CustomActivities.Select(c => ActivityTypes.CustomPrefix + c.Name))));
        return checks.Ok ? activity : null;
    }

    private static int? Within(int? number, int low, int high, string path, FieldChecks checks)
    {
        if (number < low || number > high)
            checks.Add(path, "between", low, high);
        return number;
    }

    private static string Side(string? side, FieldChecks checks)
    {
        if (side is not ("referrer" or "friend"))
            checks.Add("side", "one_of", "referrer, friend");
        return side ?? "";
    }

    private static Dictionary<string, FieldValue> Fields(IReadOnlyDictionary<string, JsonElement>? given, CustomActivity custom, FieldChecks checks)
    {
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        foreach (var (name, value) in given ?? new Dictionary<string, JsonElement>())
        {
            var path = $"fields.{name}";
            if (custom.Fields.FirstOrDefault(f => f.Name == name) is not { } declared)
                checks.Add(path, "one_of", string.Join(", ", custom.Fields.Select(f => f.Name)));
            else if (Value(declared.Type, value) is { } read)
                fields[name] = read;
            else
                checks.Add(path, "type");
        }
        return fields;
    }

    private static FieldValue? Value(FactType type, JsonElement value) => type switch
    {
        FactType.Flag when value.ValueKind is JsonValueKind.True or JsonValueKind.False => FieldValue.Of(value.GetBoolean()),
        FactType.Date when value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => FieldValue.Of(day),
        FactType.Money or FactType.Number or FactType.Duration when value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Math.Abs(number) <= Intake.MaxAmount && decimal.Round(number, 4) == number => FieldValue.Of(number),
        FactType.Text or FactType.TextList or FactType.Path when value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= Intake.MaxText } text => FieldValue.Of(text),
        _ => null,
    };
}
