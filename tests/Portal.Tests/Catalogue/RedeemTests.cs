using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Catalogue;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Values;
using Tests.Shared;

namespace Portal.Tests.Catalogue;

public abstract class RedeemTests(PortalFixture portal)
{
    [Fact]
    public async Task A_reward_is_shown_confirmed_and_redeemed_without_script()
    {
        var key = await RewardAsync(points: 60);
        var (visitor, member) = await MemberAsync();

        var confirm = await visitor.GetAsync($"/rewards/{key}/redeem");
        var voucher = await visitor.SubmitAsync(confirm, "redeem");

        Assert.StartsWith("/vouchers/", voucher.Path, StringComparison.Ordinal);
        Assert.Contains("Saldo", (await visitor.GetAsync("/home")).Text, StringComparison.Ordinal);
        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<VoucherRow>().SingleAsync(v => v.MemberId == member.Id, Cancel);
        Assert.Contains(row.Code, voucher.Text, StringComparison.Ordinal);
        Assert.Equal(40, await BalanceAsync(member.Id));
        Assert.Equal(60, await db.Set<TransferRow>().Where(t => t.MemberId == member.Id && t.Kind == TransferKind.Redeem).SumAsync(t => t.Amount, Cancel));
    }

    [Fact]
    public async Task A_form_sent_twice_redeems_once()
    {
        var key = await RewardAsync(points: 40);
        var (_, member) = await MemberAsync();
        var request = Guid.CreateVersion7();

        var first = await Redeem.HandleAsync(member.Id, key, request, Cancel);
        var again = await Redeem.HandleAsync(member.Id, key, request, Cancel);

        Assert.Equal(first.Value.Code, again.Value.Code);
        Assert.Equal(60, await BalanceAsync(member.Id));
    }

    [Fact]
    public async Task The_last_one_goes_to_one_of_those_who_want_it_at_once_and_nobody_else_pays()
    {
        var key = await RewardAsync(points: 30, stock: 1);
        var members = new List<MemberId>();
        for (var i = 0; i < 4; i++)
            members.Add((await MemberAsync()).Member.Id);

        var results = await Task.WhenAll(members.Select(m => Redeem.HandleAsync(m, key, Guid.CreateVersion7(), Cancel)));

        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal("reward.sold_out", r.Refusals[0].Code));
        long paid = 0;
        foreach (var member in members)
            paid += 100 - await BalanceAsync(member);
        Assert.Equal(30, paid);
    }

    [Fact]
    public async Task Too_few_points_are_refused_with_what_is_missing_and_nothing_happens()
    {
        var key = await RewardAsync(points: 130, stock: 5);
        var (_, member) = await MemberAsync();

        var result = await Redeem.HandleAsync(member.Id, key, Guid.CreateVersion7(), Cancel);

        Assert.Equal("points.short", result.Refusals[0].Code);
        Assert.Equal(30L, result.Refusals[0].Values[0]);
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(5, (await db.Set<RewardRow>().SingleAsync(r => r.Key == key, Cancel)).Stock);
        Assert.False(await db.Set<VoucherRow>().AnyAsync(v => v.MemberId == member.Id, Cancel));
    }

    [Theory]
    [InlineData("inactive")]
    [InlineData("over")]
    [InlineData("other tier")]
    public async Task What_is_not_on_the_members_shelf_cannot_be_redeemed(string why)
    {
        var key = await RewardAsync(points: 10, change: r =>
        {
            r.Active = why != "inactive";
            r.To = why == "over" ? new DateOnly(2020, 1, 1) : null;
            r.Tiers = why == "other tier" ? "gold" : "";
        });
        var (_, member) = await MemberAsync();

        var result = await Redeem.HandleAsync(member.Id, key, Guid.CreateVersion7(), Cancel);

        Assert.Equal(why == "other tier" ? "reward.other_tier" : "reward.gone", result.Refusals[0].Code);
        Assert.Equal(100, await BalanceAsync(member.Id));
    }

    [Fact]
    public async Task Points_are_spent_only_by_somebody_whose_address_is_proven()
    {
        var key = await RewardAsync(points: 10);
        var (visitor, member) = await portal.Server.CustomerAsync(m => m.EmailConfirmedAt = null);
        await portal.Server.JoinsAsync(member.Id);

        var refused = await visitor.SubmitAsync(await visitor.GetAsync($"/rewards/{key}/redeem"), "redeem");

        Assert.Equal($"/rewards/{key}/redeem", refused.Path);
        Assert.Contains("Buktikan dahulu alamat email", refused.Text, StringComparison.Ordinal);
        Assert.Equal(100, await BalanceAsync(member.Id));
    }

    [Fact]
    public async Task A_redemption_is_mailed_with_the_code()
    {
        var key = await RewardAsync(points: 10);
        var (_, member) = await MemberAsync();

        var redeemed = await Redeem.HandleAsync(member.Id, key, Guid.CreateVersion7(), Cancel);

        var mail = await portal.Server.MailToAsync(member.Email!, m => m.Text.Contains(redeemed.Value.Code, StringComparison.Ordinal), Cancel);
        Assert.Contains("Kopi susu", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_voucher_is_shown_to_its_owner_alone()
    {
        var key = await RewardAsync(points: 10);
        var (visitor, member) = await MemberAsync();
        var (other, _) = await MemberAsync();
        var redeemed = await Redeem.HandleAsync(member.Id, key, Guid.CreateVersion7(), Cancel);

        Assert.Contains(redeemed.Value.Code, (await visitor.GetAsync($"/vouchers/{redeemed.Value.Voucher}")).Text, StringComparison.Ordinal);
        var refused = await other.SendAsync(HttpMethod.Get, $"/vouchers/{redeemed.Value.Voucher}");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RedeemReward Redeem => portal.Server.Services.GetRequiredService<RedeemReward>();

    private async Task<(Visitor Visitor, MemberRow Member)> MemberAsync()
    {
        var (visitor, member) = await portal.Server.CustomerAsync();
        await portal.Server.JoinsAsync(member.Id); // the starter programme gives 100 points
        return (visitor, member);
    }

    private async Task<string> RewardAsync(long points, long? stock = null, Action<RewardRow>? change = null)
    {
        var row = new RewardRow { Key = $"r-{Guid.NewGuid():N}", NameId = "Kopi susu", NameEn = "Milk coffee", Points = points, Stock = stock };
        change?.Invoke(row);
        await using var db = portal.Server.OpenDatabase();
        db.Add(row);
        await db.SaveChangesAsync(Cancel);
        return row.Key;
    }

    private async Task<long> BalanceAsync(MemberId member)
    {
        await using var db = portal.Server.OpenDatabase();
        var wallet = await db.Set<WalletRow>().AsNoTracking().SingleAsync(w => w.MemberId == member, Cancel);
        return wallet.Available - wallet.Debt;
    }
}

public sealed class RedeemOnSqlite(SqlitePortal portal) : RedeemTests(portal), IClassFixture<SqlitePortal>;

public sealed class RedeemOnPostgres(PostgresPortal portal) : RedeemTests(portal), IClassFixture<PostgresPortal>;
