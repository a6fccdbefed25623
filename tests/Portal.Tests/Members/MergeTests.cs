using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Members;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Merging;
using Tests.Shared;

namespace Portal.Tests.Members;

/// <summary>A manager joins two memberships of one person.</summary>
public abstract class MergeTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manager_sees_both_says_why_and_one_membership_with_everything_remains()
    {
        var (_, kept) = await portal.Server.CustomerAsync(m => m.Phone = null);
        var (visitor, ending) = await portal.Server.CustomerAsync(m => m.Phone = "0812 1111 2222");
        await portal.Server.BuysAsync(A.Purchase(kept.Id, 100_000));
        await portal.Server.BuysAsync(A.Purchase(ending.Id, 250_000));
        var manager = await portal.Server.StaffAsync(Roles.Manager, "en");
        var path = $"/staff/members/{kept.Id}/merge?other={CardCode.Display(ending.CardCode)}";

        var preview = await manager.GetAsync(path);
        Assert.Contains("35", preview.Text);
        var silent = await manager.SubmitAsync(preview, "merge", ("Form.Reason", ""));
        Assert.Contains("Say why", silent.Text);
        var done = await manager.SubmitAsync(silent, "merge", ("Form.Reason", "Same person, lost card"));

        Assert.Equal($"/staff/members/{kept.Id}", done.Path);
        Assert.Contains("Same person, lost card", done.Text);
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(35, await db.Set<WalletRow>().Where(w => w.MemberId == kept.Id).Select(w => w.Available).SingleAsync(Cancel));
        var gone = await db.Set<MemberRow>().SingleAsync(m => m.Id == ending.Id, Cancel);
        Assert.Equal((kept.Id, null, null), (gone.MergedIntoId!.Value, gone.Name, gone.UserId));
        Assert.Equal("0812 1111 2222", (await db.Set<MemberRow>().SingleAsync(m => m.Id == kept.Id, Cancel)).Phone);
        Assert.False(await db.Users.AnyAsync(u => u.Id == ending.UserId, Cancel)); // one person, one sign-in
        Assert.Equal("/sign-in", (await visitor.GetAsync("/transactions")).Path);
        Assert.Empty((await portal.Server.Services.GetRequiredService<VerifyBooks>().HandleAsync(null, Cancel)).Differences);
    }

    [Fact]
    public async Task Two_managers_at_once_or_a_form_sent_twice_join_once()
    {
        var (_, kept) = await portal.Server.CustomerAsync();
        var (_, ending) = await portal.Server.CustomerAsync();
        await portal.Server.BuysAsync(A.Purchase(ending.Id, 250_000));
        var merging = portal.Server.Services.GetRequiredService<MergeMembers>();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => merging.HandleAsync(ending.Id, kept.Id, "twice", Guid.NewGuid(), Cancel)));

        Assert.All(results, r => Assert.True(r.Succeeded));
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(1, await db.Set<MemberMergeRow>().CountAsync(m => m.ToId == kept.Id, Cancel));
        Assert.Equal(25, await db.Set<WalletRow>().Where(w => w.MemberId == kept.Id).Select(w => w.Available).SingleAsync(Cancel));
    }

    [Fact]
    public async Task An_agent_may_not_and_staff_or_closed_memberships_are_refused()
    {
        var (_, kept) = await portal.Server.CustomerAsync();
        var (_, closed) = await portal.Server.CustomerAsync(m => m.ClosedAt = m.JoinedAt);
        var agent = await portal.Server.StaffAsync(Roles.Agent, "en");
        var merging = portal.Server.Services.GetRequiredService<MergeMembers>();

        Assert.Equal("/denied", (await agent.GetAsync($"/staff/members/{kept.Id}/merge")).Path);
        Assert.DoesNotContain("/merge", (await agent.GetAsync($"/staff/members/{kept.Id}")).Document.Body!.InnerHtml);
        Assert.Equal("member.closed", Assert.Single((await merging.HandleAsync(closed.Id, kept.Id, "x", Guid.NewGuid(), Cancel)).Refusals).Code);
        Assert.Equal("merge.same", Assert.Single((await merging.HandleAsync(kept.Id, kept.Id, "x", Guid.NewGuid(), Cancel)).Refusals).Code);
    }
}

public sealed class MergeOnSqlite(SqlitePortal portal) : MergeTests(portal), IClassFixture<SqlitePortal>;

public sealed class MergeOnPostgres(PostgresPortal portal) : MergeTests(portal), IClassFixture<PostgresPortal>;
