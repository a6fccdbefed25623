using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity.ApiKeys;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Ledger;

namespace Portal.Api;

/// <summary>A member as a till sees them.</summary>
public sealed record MemberAnswer
{
    public required Guid Id { get; init; }
    public required string Card { get; init; }
    public string? ExternalNumber { get; init; }

    [Description("The tier's key; left out before the first review.")]
    public string? Tier { get; init; }

    [Description("Points the member can spend, less what is owed.")]
    public required long Balance { get; init; }

    public required long Pending { get; init; }

    [Description("Reserved for payments under way.")]
    public required long Held { get; init; }

    public required long Version { get; init; }

    [Description("Vouchers that can be used today, the one that ends first first.")]
    public required IReadOnlyList<MemberVoucherAnswer> Vouchers { get; init; }

    [Description("Only with the scope members:contact.")]
    public ContactAnswer? Contact { get; init; }
}

public sealed record MemberVoucherAnswer(string Code, string Name, DateOnly ValidTo, long UsesLeft);

public sealed record ContactAnswer(string? Name, string? Email, string? Phone);

/// <summary>Finds the member behind a card.</summary>
internal sealed class MemberDesk(IDbContextFactory<PortalDb> databases, PointsQuery points, MyVouchers vouchers)
{
    public async Task<IResult> ByCardAsync(string card, bool withContact, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await MemberLookup.FindAsync(db, new() { Card = card }, new(), anyState: false, cancel);
        if (row is null || await points.FindAsync(row.Id, cancel) is not { } standing)
            return new ProblemResult(new(StatusCodes.Status404NotFound, "member.unknown"));
        var version = await db.Set<WalletRow>().Where(w => w.MemberId == row.Id).Select(w => w.Version).SingleAsync(cancel);
        var usable = (await vouchers.ListAsync(row.Id, cancel)).Where(v => v.View == VoucherView.Usable);
        return Results.Json(Answer(row, standing, version, usable, withContact), ApiJson.Options);
    }

    private static MemberAnswer Answer(MemberRow row, MemberPoints standing, long version, IEnumerable<MyVoucher> usable, bool withContact) => new()
    {
        Id = row.Id.Value,
        Card = row.CardCode,
        ExternalNumber = row.ExternalNumber,
        Tier = row.TierKey is "" ? null : row.TierKey,
        Balance = standing.Balance,
        Pending = standing.Pending,
        Held = standing.Held,
        Version = version,
        Vouchers = [.. usable.Select(v => new MemberVoucherAnswer(v.Code, v.Name.In(PricedAnswer.Language), v.ValidTo, v.UsesLeft))],
        Contact = withContact ? new(row.Name, row.Email, row.Phone) : null,
    };
}

/// <summary>Members at the till.</summary>
internal static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder api) =>
        api.MapGet("/members/by-card/{code}", (string code, HttpContext context, MemberDesk desk, CancellationToken cancel) =>
                desk.ByCardAsync(code, context.User.HasClaim(ApiKeyAuthentication.ScopeClaim, ApiPolicies.MembersContact), cancel))
            .RequireAuthorization(ApiPolicies.MembersRead)
            .DescribeRead<MemberAnswer>("findMemberByCard", "Find a member by card", "Tier, points and usable vouchers; name and contact only for a key with the scope members:contact.");
}
