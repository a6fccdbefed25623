using System.ComponentModel;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity.ApiKeys;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Payments;

namespace Portal.Api;

public sealed record HoldRequest
{
    [Description("The till's own number of this payment, unique for all holds.")]
    public string? Reference { get; init; }

    public MemberReference? Member { get; init; }

    [Description("How many points to reserve.")]
    public long? Points { get; init; }

    [Description("After how many seconds the points go back by themselves, 1 to 86400; 900 when left out.")]
    public int? TimeoutSeconds { get; init; }
}

public sealed record CaptureRequest
{
    [Description("The number of this capture, unique for all captures and releases.")]
    public string? Reference { get; init; }

    [Description("How many points to take; all that are held when left out.")]
    public long? Points { get; init; }

    [Description("True: what is not taken stays reserved for a further capture. Otherwise it goes back at once.")]
    public bool? KeepRest { get; init; }
}

public sealed record ReleaseRequest
{
    [Description("The number of this release, unique for all captures and releases.")]
    public string? Reference { get; init; }
}

/// <summary>A hold after the call, with the member's points.</summary>
public sealed record HoldAnswer
{
    public required Guid Id { get; init; }
    public required string Reference { get; init; }
    public required Guid Member { get; init; }

    [Description("open, captured, released, timedOut.")]
    public required string State { get; init; }

    [Description("Reserved at first.")]
    public required long Points { get; init; }

    [Description("Still reserved.")]
    public required long Held { get; init; }

    [Description("Spent so far.")]
    public required long Captured { get; init; }

    [Description("What this call reserved, spent or gave back.")]
    public required long Moved { get; init; }

    public required DateTime PlacedAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    [Description("True when this call had been done before; nothing was moved again.")]
    public required bool Repeated { get; init; }

    [Description("Points the member can spend, less what is owed. Held points are not part of it.")]
    public required long Balance { get; init; }

    public required long Pending { get; init; }
    public required long Version { get; init; }

    internal static HoldAnswer Of(HoldReceipt r) => new()
    {
        Id = r.Hold.Id,
        Reference = r.Hold.Reference,
        Member = r.Hold.MemberId.Value,
        State = JsonNamingPolicy.CamelCase.ConvertName(r.State.ToString()),
        Points = r.Hold.Points,
        Held = r.Held,
        Captured = r.Hold.Captured,
        Moved = r.Moved,
        PlacedAt = r.Hold.PlacedAt,
        ExpiresAt = r.Hold.ExpiresAt,
        Repeated = r.Repeated,
        Balance = r.Wallet.Balance,
        Pending = r.Wallet.Pending,
        Version = r.Wallet.Version,
    };
}

/// <summary>Takes a till's payment with points to its use case.</summary>
internal sealed class HoldDesk(PayWithPoints payments, IDbContextFactory<PortalDb> databases)
{
    private const int DefaultTimeout = 900;
    private const int MaxTimeout = 86_400;

    public async Task<ApiOutcome<HoldAnswer>> HoldAsync(HoldRequest request, CancellationToken cancel)
    {
        var checks = new FieldChecks();
        var reference = checks.Text("reference", request.Reference, FieldChecks.MaxReference);
        var points = checks.Points("points", request.Points);
        var timeout = request.TimeoutSeconds ?? DefaultTimeout;
        if (timeout is < 1 or > MaxTimeout)
            checks.Add("timeoutSeconds", "timeout", MaxTimeout);
        if (request.Member is null)
            return Missing(checks);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await MemberLookup.FindAsync(db, request.Member, checks, anyState: false, cancel) is not { } member)
            return checks.Problem;
        return Answer(await Conflicts.OnceMoreAsync(() => payments.HoldAsync(member.Id, reference!, points, timeout, cancel)), created: true);
    }

    public async Task<ApiOutcome<HoldAnswer>> CaptureAsync(Guid id, CaptureRequest request, CancellationToken cancel)
    {
        var checks = new FieldChecks();
        var reference = checks.Text("reference", request.Reference, FieldChecks.MaxReference);
        if (request.Points is not null)
            checks.Points("points", request.Points);
        return checks.Ok
            ? Answer(await Conflicts.OnceMoreAsync(() => payments.CaptureAsync(id, reference!, request.Points, request.KeepRest ?? false, cancel)), created: false)
            : checks.Problem;
    }

    public async Task<ApiOutcome<HoldAnswer>> ReleaseAsync(Guid id, ReleaseRequest request, CancellationToken cancel)
    {
        var checks = new FieldChecks();
        var reference = checks.Text("reference", request.Reference, FieldChecks.MaxReference);
        return checks.Ok
            ? Answer(await Conflicts.OnceMoreAsync(() => payments.ReleaseAsync(id, reference!, cancel)), created: false)
            : checks.Problem;
    }

    private static ApiOutcome<HoldAnswer> Answer(Result<HoldReceipt> result, bool created) => result.Succeeded
        ? new ApiOutcome<HoldAnswer>(HoldAnswer.Of(result.Value), !created || result.Value.Repeated, null)
        : Refusals.Of(result.Refusals);

    private static ApiProblem Missing(FieldChecks checks)
    {
        checks.Add("member", "required");
        return checks.Problem;
    }
}

/// <summary>Points as payment.</summary>
internal static class HoldEndpoints
{
    public static void MapHolds(this IEndpointRouteBuilder api)
    {
        api.MapPost("/holds", (HttpRequest request, HoldDesk desk, CancellationToken cancel) =>
                ApiCalls.OneAsync<HoldRequest, HoldAnswer>(request, desk.HoldAsync, cancel))
            .RequireAuthorization(ApiPolicies.PointsWrite)
            .Describe<HoldRequest, HoldAnswer>("holdPoints", "Reserve points",
                "Takes points out of the balance at once, until they are captured, released, or the time is up. 409 when there are not enough.", repeatable: true);

        api.MapGet("/holds/{id:guid}", async (Guid id, PayWithPoints payments, CancellationToken cancel) =>
                await payments.FindAsync(id, cancel) is { } hold
                    ? Results.Json(HoldAnswer.Of(hold), ApiJson.Options)
                    : new ProblemResult(new(StatusCodes.Status404NotFound, "hold.unknown")))
            .RequireAuthorization(ApiPolicies.PointsWrite)
            .DescribeRead<HoldAnswer>("getHold", "Look at a hold", "For a till that lost an answer.");

        api.MapPost("/holds/{id:guid}/capture", (Guid id, HttpRequest request, HoldDesk desk, CancellationToken cancel) =>
                ApiCalls.OneAsync<CaptureRequest, HoldAnswer>(request, (r, c) => desk.CaptureAsync(id, r, c), cancel))
            .RequireAuthorization(ApiPolicies.PointsWrite)
            .Describe<CaptureRequest, HoldAnswer>("captureHold", "Take reserved points",
                "Spends all that is held, or a part; the rest goes back unless it is kept. 409 when the hold is no longer open.", repeatable: false, mayBeMissing: true);

        api.MapPost("/holds/{id:guid}/release", (Guid id, HttpRequest request, HoldDesk desk, CancellationToken cancel) =>
                ApiCalls.OneAsync<ReleaseRequest, HoldAnswer>(request, (r, c) => desk.ReleaseAsync(id, r, c), cancel))
            .RequireAuthorization(ApiPolicies.PointsWrite)
            .Describe<ReleaseRequest, HoldAnswer>("releaseHold", "Give reserved points back", "The points return to the balance with their old expiry.", repeatable: false, mayBeMissing: true);
    }
}
