using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Administration;
using Portal.Identity;
using Portal.Tests.Join;
using Tests.Shared;

namespace Portal.Tests.Administration;

public abstract class StaffTests(PortalFixture portal)
{
    [Fact]
    public async Task An_invited_colleague_follows_the_link_and_starts_on_the_staff_page()
    {
        var link = await InviteAsync("new@staff.example", Roles.Marketer);
        var visitor = portal.Server.Visitor("en");
        var page = await visitor.GetAsync(link);
        Assert.Contains("Marketer", page.Text);

        var after = await visitor.SubmitAsync(page, "accept", ("Name", "Maya Putri"), ("Password", "kopi susu pagi hari"));

        Assert.Equal("/staff", after.Path);
        Assert.Contains("Maya Putri", after.Text);
        Assert.Equal("/denied", (await visitor.GetAsync("/staff/people")).Path);
        Assert.Throws<InvalidOperationException>(() => portal.Server.Visitor("en").GetAsync(link).GetAwaiter().GetResult().Form("accept"));
        var again = portal.Server.Visitor("en");
        Assert.Equal("/staff", (await again.SubmitAsync(await again.GetAsync("/sign-in"), "sign-in", ("Email", "new@staff.example"), ("Password", "kopi susu pagi hari"))).Path);
    }

    [Fact]
    public async Task A_customer_who_is_invited_needs_the_password_of_the_account_and_keeps_it()
    {
        var (customer, member) = await portal.Server.JoinedAsync("both@staff.example");
        await customer.SubmitAsync(await customer.GetAsync(await portal.Server.LinkAsync("both@staff.example", "confirm-email")), "confirm-email");
        var link = await InviteAsync("both@staff.example", Roles.Agent);
        var visitor = portal.Server.Visitor("en");

        var wrong = await visitor.SubmitAsync(await visitor.GetAsync(link), "accept", ("Password", "not the password"));
        Assert.NotNull(wrong.Document.QuerySelector("#f-password-error"));
        Assert.Equal("/staff", (await visitor.SubmitAsync(await visitor.GetAsync(link), "accept", ("Password", Joining.Password))).Path);

        Assert.Equal("/home", (await visitor.GetAsync("/home")).Path);
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(1, await db.Users.CountAsync(u => u.Email == "both@staff.example", Cancel));
        Assert.NotEqual(default, member.Id);
    }

    [Fact]
    public async Task A_revoked_resent_or_old_invitation_does_not_work()
    {
        var admin = await portal.Server.StaffAsync(Roles.Administrator, "en");
        var first = await InviteAsync("late@staff.example", Roles.Agent);
        portal.Server.Time.Advance(TimeSpan.FromMinutes(1));
        await using var db = portal.Server.OpenDatabase();
        var id = await db.Set<StaffInvitationRow>().Where(i => i.Email == "late@staff.example").Select(i => i.Id).SingleAsync(Cancel);
        await admin.SubmitAsync(await admin.GetAsync("/staff/people"), $"resend-{id:N}");
        var second = await portal.Server.LinkAsync("late@staff.example", "staff-invitation");

        Assert.False(await WorksAsync(first));
        Assert.True(await WorksAsync(second));
        portal.Server.Time.Advance(TimeSpan.FromDays(8));
        Assert.False(await WorksAsync(second));
        var third = await InviteAsync("late@staff.example", Roles.Agent);
        Assert.True(await WorksAsync(third));
        var open = await db.Set<StaffInvitationRow>().Where(i => i.Email == "late@staff.example").OrderByDescending(i => i.CreatedAt).Select(i => i.Id).FirstAsync(Cancel);
        await admin.SubmitAsync(await admin.GetAsync("/staff/people"), $"revoke-{open:N}");
        Assert.False(await WorksAsync(third));
    }

    [Fact]
    public async Task Taking_access_away_ends_it_at_once_and_the_last_administrator_stays()
    {
        var admin = await portal.Server.StaffAsync(Roles.Administrator, "en");
        var agent = await portal.Server.StaffAsync(Roles.Agent, "en");
        Assert.Equal("/staff", (await agent.GetAsync("/staff")).Path);
        await using var db = portal.Server.OpenDatabase();
        var agentId = await db.Users.Where(u => u.Email == "agent@staff.test").Select(u => u.Id).SingleAsync(Cancel);
        var adminId = await db.Users.Where(u => u.Email == "administrator@staff.test").Select(u => u.Id).SingleAsync(Cancel);

        await admin.SubmitAsync(await admin.GetAsync("/staff/people"), $"switch-{agentId:N}");
        var refused = await admin.SubmitAsync(await admin.GetAsync("/staff/people"), $"switch-{adminId:N}");

        Assert.Equal("/sign-in", (await agent.GetAsync("/staff")).Path);
        var back = portal.Server.Visitor("en");
        Assert.Equal("/sign-in", (await back.SubmitAsync(await back.GetAsync("/sign-in"), "sign-in", ("Email", "agent@staff.test"), ("Password", SignIn.Password))).Path);
        Assert.Contains("only administrator", refused.Text);
        Assert.Equal("/staff/people", (await admin.GetAsync("/staff/people")).Path);
    }

    [Fact]
    public async Task A_changed_role_counts_at_the_next_sign_in_and_the_old_one_not_any_more()
    {
        var admin = await portal.Server.StaffAsync(Roles.Administrator, "en");
        var marketer = await portal.Server.StaffAsync(Roles.Marketer, "en");
        await using var db = portal.Server.OpenDatabase();
        var id = await db.Users.Where(u => u.Email == "marketer@staff.test").Select(u => u.Id).SingleAsync(Cancel);

        await admin.SubmitAsync(await admin.GetAsync("/staff/people"), $"role-{id:N}", ("NewRole", Roles.Agent));

        Assert.Equal("/sign-in", (await marketer.GetAsync("/staff")).Path);
        Assert.Equal(Roles.Agent, (await portal.Server.Services.GetRequiredService<ManageStaff>().ListAsync(Cancel)).Single(s => s.Id == id).Role);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> InviteAsync(string email, string role)
    {
        var admin = await portal.Server.StaffAsync(Roles.Administrator, "en");
        await admin.SubmitAsync(await admin.GetAsync("/staff/people"), "invite", ("Name", "Colleague"), ("Email", email), ("Role", role), ("Language", "en"));
        return await portal.Server.LinkAsync(email, "staff-invitation");
    }

    private async Task<bool> WorksAsync(string link) => (await portal.Server.Visitor("en").GetAsync(link)).Document.QuerySelector("input[type=password]") is not null;
}

public sealed class StaffOnSqlite(SqlitePortal portal) : StaffTests(portal), IClassFixture<SqlitePortal>;

public sealed class StaffOnPostgres(PostgresPortal portal) : StaffTests(portal), IClassFixture<PostgresPortal>;
