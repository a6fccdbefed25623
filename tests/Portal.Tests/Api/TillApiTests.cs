using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.ApiKeys;
using Portal.Identity.ApiKeys;
using Portal.Rewarding;
using RewardsEngine.Json;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Api;

/// <summary>Points as payment, vouchers, cards and keys.</summary>
public abstract class TillApiTests(PortalFixture portal)
{
    [Fact]
    public async Task Points_are_held_captured_in_part_and_the_rest_comes_back()
    {
        var (till, member, balance) = await MemberWithPointsAsync();
        var reference = Guid.NewGuid().ToString("N");
        var request = new { reference, member = new { id = member.Id.Value }, points = balance };

        var held = await till.PostAsync("/holds", request);
        var again = await till.PostAsync("/holds", request);
        var id = held.Text("id");
        var capture = new { reference = "c" + reference, points = balance - 1 };
        var captured = await till.PostAsync($"/holds/{id}/capture", capture);
        var repeated = await till.PostAsync($"/holds/{id}/capture", capture);
        var late = await till.PostAsync($"/holds/{id}/release", new { reference = "r" + reference });

        Assert.Equal((201, 200), (held.Code, again.Code));
        Assert.Equal((0, balance), (held.Number("balance"), held.Number("held")));
        Assert.Equal(id, again.Text("id"));
        Assert.Equal((200, 1, "captured"), (captured.Code, captured.Number("balance"), captured.Text("state")));
        Assert.Equal((200, 1, captured.Number("version")), (repeated.Code, repeated.Number("balance"), repeated.Number("version")));
        Assert.Equal(409, late.Code);
    }

    [Fact]
    public async Task A_released_or_forgotten_hold_gives_its_points_back()
    {
        var (till, member, balance) = await MemberWithPointsAsync();
        var hold = await HoldAsync(till, member, balance);
        var released = await till.PostAsync($"/holds/{hold.Text("id")}/release", new { reference = Guid.NewGuid().ToString("N") });
        var forgotten = await HoldAsync(till, member, balance);
        portal.Server.Time.Advance(TimeSpan.FromMinutes(16));
        var after = await till.GetAsync($"/holds/{forgotten.Text("id")}");

        Assert.Equal((200, balance, "released"), (released.Code, released.Number("balance"), released.Text("state")));
        Assert.Equal((balance, "timedOut"), (after.Number("balance"), after.Text("state")));
    }

    [Fact]
    public async Task More_points_than_there_are_cannot_be_held_even_by_many_at_once()
    {
        var (till, member, balance) = await MemberWithPointsAsync();

        var tooMuch = await HoldAsync(till, member, balance + 1);
        var many = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => HoldAsync(till, member, balance)));

        Assert.Equal((409, "points"), (tooMuch.Code, tooMuch.Fields[0]));
        Assert.Equal((1, 5), (many.Count(a => a.Code == 201), many.Count(a => a.Code == 409)));
    }

    [Fact]
    public async Task A_voucher_shown_at_many_tills_at_once_is_used_once()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        var (_, member) = await portal.Server.CustomerAsync();
        var code = await VoucherAsync(member.Id);

        var before = await till.GetAsync($"/vouchers/{code.ToLowerInvariant()}");
        var uses = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => till.PostAsync($"/vouchers/{code}/use", new { reference = $"till-{i}" })));
        var winner = uses.Single(u => u.Code == 200);
        var again = await till.PostAsync($"/vouchers/{code}/use", new { reference = winner.Text("usedOn") });

        Assert.Equal((200, "usable"), (before.Code, before.Text("state")));
        Assert.EndsWith(member.CardCode[^4..], before.Text("ownerCard"));
        Assert.DoesNotContain(member.CardCode, before.Body.ToString());
        Assert.Equal(5, uses.Count(u => u.Code == 409));
        Assert.Equal((200, true), (again.Code, again.Body.GetProperty("repeated").GetBoolean()));
        Assert.Equal(404, (await till.GetAsync("/vouchers/NOSUCHCODE")).Code);
    }

    [Fact]
    public async Task A_card_shows_points_and_the_person_only_to_a_key_that_may_see_them()
    {
        var (till, member, balance) = await MemberWithPointsAsync();
        var modest = await ApiCaller.WithAsync(portal.Server, ApiPolicies.MembersRead);

        var full = await till.GetAsync($"/members/by-card/{CardCode.Display(member.CardCode)}");
        var bare = await modest.GetAsync($"/members/by-card/{member.CardCode}");

        Assert.Equal(balance, full.Number("balance"));
        Assert.Equal(member.Name, full.Body.GetProperty("contact").GetProperty("name").GetString());
        Assert.False(bare.Body.TryGetProperty("contact", out _));
        Assert.DoesNotContain(member.Email!, bare.Body.ToString());
        Assert.Equal(404, (await modest.GetAsync($"/members/by-card/{CardCode.New()}")).Code);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_and_the_database_keeps_no_secret()
    {
        var till = await ApiCaller.WithAsync(portal.Server, ApiPolicies.QuotesRead);
        var keys = portal.Server.Services.GetRequiredService<ManageKeys>();
        var prefix = till.Http.DefaultRequestHeaders.Authorization!.Parameter![..11];
        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<ApiKeyRow>().SingleAsync(k => k.Prefix == prefix, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(till.Http.DefaultRequestHeaders.Authorization.Parameter[12..], row.Hash, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(200, (await till.PostAsync("/quotes", PurchaseApiTests.Sale(null))).Code);
        await keys.RevokeAsync(row.Id, null, TestContext.Current.CancellationToken);
        Assert.Equal(401, (await till.PostAsync("/quotes", PurchaseApiTests.Sale(null))).Code);
    }

    [Fact]
    public async Task The_description_names_every_operation_and_needs_no_key()
    {
        var document = await portal.Server.CreateClient().GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        foreach (var id in (string[])["recordPurchase", "recordPurchases", "recordRefund", "recordRefunds", "quote", "holdPoints", "captureHold", "releaseHold", "checkVoucher", "useVoucher", "findMemberByCard"])
            Assert.Contains($"\"operationId\": \"{id}\"", document);
    }

    private async Task<(ApiCaller Till, MemberRow Member, long Balance)> MemberWithPointsAsync()
    {
        var till = await ApiCaller.WithAsync(portal.Server);
        var (_, member) = await portal.Server.CustomerAsync();
        await till.PostAsync("/purchases", PurchaseApiTests.Sale(member.CardCode, price: 500_000));
        var balance = (await till.GetAsync($"/members/by-card/{member.CardCode}")).Number("balance");
        Assert.True(balance > 1);
        return (till, member, balance);
    }

    private static Task<ApiAnswer> HoldAsync(ApiCaller till, MemberRow member, long points) =>
        till.PostAsync("/holds", new { reference = Guid.NewGuid().ToString("N"), member = new { card = member.CardCode }, points });

    private async Task<string> VoucherAsync(MemberId member)
    {
        var code = "T" + Guid.NewGuid().ToString("N")[..9].ToUpperInvariant();
        await using var db = portal.Server.OpenDatabase();
        db.Add(new VoucherRow
        {
            Code = code,
            MemberId = member,
            Template = EngineJson.Write(new VoucherTemplate { Key = "kopi", Name = new("Kopi gratis", "Free coffee"), Reward = "kopi" }),
            NameId = "Kopi gratis",
            NameEn = "Free coffee",
            IssuedBy = new("reward"),
            IssuedFor = $"test:{code}",
            IssuedAt = portal.Server.Time.GetUtcNow().UtcDateTime,
            ValidFrom = new(2026, 1, 1),
            ValidTo = new(2027, 12, 31),
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return code;
    }
}

public sealed class TillApiOnSqlite(SqlitePortal portal) : TillApiTests(portal), IClassFixture<SqlitePortal>;

public sealed class TillApiOnPostgres(PostgresPortal portal) : TillApiTests(portal), IClassFixture<PostgresPortal>;
