using Portal.Tests.Join;
using Tests.Shared;

namespace Portal.Tests.Identity;

public abstract class SignInTests(PortalFixture portal)
{
    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_answer()
    {
        await portal.Server.JoinedAsync("same@signin.test");

        var unknown = await SignInAsync(portal.Server.Visitor("en"), "nobody@signin.test", "whatever it is");
        var wrong = await SignInAsync(portal.Server.Visitor("en"), "same@signin.test", "whatever it is");

        Assert.Equal("/sign-in", wrong.Path);
        Assert.Equal(unknown.Text, wrong.Text);
        Assert.Equal(unknown.Element("#f-password").GetAttribute("value"), wrong.Element("#f-password").GetAttribute("value"));
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_does_not_work_either()
    {
        await portal.Server.JoinedAsync("locked@signin.test");
        for (var i = 0; i < 5; i++)
            await SignInAsync(portal.Server.Visitor("en"), "locked@signin.test", $"wrong number {i}");

        Assert.Equal("/sign-in", (await SignInAsync(portal.Server.Visitor("en"), "locked@signin.test", Joining.Password)).Path);
    }

    [Fact]
    public async Task Signing_in_goes_where_the_person_wanted_to_go_but_never_elsewhere()
    {
        await portal.Server.JoinedAsync("return@signin.test");
        var visitor = portal.Server.Visitor("en");
        var asked = await visitor.GetAsync("/profile/sessions");
        Assert.Equal("/sign-in", asked.Path);

        Assert.Equal("/profile/sessions", (await visitor.SubmitAsync(asked, "sign-in", ("Email", "return@signin.test"), ("Password", Joining.Password))).Path);
        var stranger = portal.Server.Visitor("en");
        var bait = await stranger.GetAsync("/sign-in?ReturnUrl=//evil.example/");
        var landed = await stranger.SubmitAsync(bait, "sign-in", ("Email", "return@signin.test"), ("Password", Joining.Password));
        Assert.Equal(("localhost", "/home"), (landed.Url.Host, landed.Path));
    }

    [Fact]
    public async Task A_sign_in_on_another_device_is_listed_and_can_be_ended_from_here()
    {
        var (here, _) = await portal.Server.JoinedAsync("devices@signin.test");
        var there = portal.Server.Visitor("en");
        await SignInAsync(there, "devices@signin.test", Joining.Password);
        var list = await here.GetAsync("/profile/sessions");
        var end = list.Document.Forms.Select(f => f.QuerySelector("input[name='_handler']")?.GetAttribute("value")).Single(h => h?.StartsWith("end-", StringComparison.Ordinal) == true && h != "end-all");

        await here.SubmitAsync(list, end!);

        Assert.Equal("/sign-in", (await there.GetAsync("/profile/sessions")).Path);
        Assert.Equal("/profile/sessions", (await here.GetAsync("/profile/sessions")).Path);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_cookie_at_once_and_signing_out_here_ends_this_one()
    {
        var (here, _) = await portal.Server.JoinedAsync("everywhere@signin.test");
        var there = portal.Server.Visitor("en");
        await SignInAsync(there, "everywhere@signin.test", Joining.Password);
        await here.SubmitAsync(await here.GetAsync("/profile/sessions"), "end-all");

        Assert.Equal("/sign-in", (await there.GetAsync("/profile/sessions")).Path);
        Assert.Equal("/sign-in", (await here.GetAsync("/profile/sessions")).Path);

        await SignInAsync(here, "everywhere@signin.test", Joining.Password);
        var kept = here.Cookies.Single(c => c.Name == "portal").Value;
        await here.SubmitAsync(await here.GetAsync("/home"), "form[action='/sign-out']");
        here.SetCookie("portal", kept);
        Assert.Equal("/sign-in", (await here.GetAsync("/profile/sessions")).Path);
    }

    [Fact]
    public async Task A_mailed_link_sets_a_new_password_once_and_ends_the_other_sign_ins()
    {
        var (old, _) = await portal.Server.JoinedAsync("forgot@signin.test");
        var visitor = portal.Server.Visitor("en");
        var unknown = await visitor.SubmitAsync(await visitor.GetAsync("/forgot-password"), "forgot-password", ("Email", "nobody-here@signin.test"));
        var known = await visitor.SubmitAsync(await visitor.GetAsync("/forgot-password"), "forgot-password", ("Email", "forgot@signin.test"));
        Assert.Equal(unknown.Text.Replace("nobody-here", "forgot", StringComparison.Ordinal), known.Text);
        Assert.Empty(await portal.Server.LettersToAsync("nobody-here@signin.test"));
        var link = await portal.Server.LinkAsync("forgot@signin.test", "reset-password");

        var after = await visitor.SubmitAsync(await visitor.GetAsync(link), "reset-password", ("Password", "teh manis sore hari"));

        Assert.Equal("/home", after.Path);
        Assert.Equal("/sign-in", (await old.GetAsync("/profile/sessions")).Path);
        Assert.Null((await portal.Server.Visitor("en").GetAsync(link)).Document.QuerySelector("input[type=password]"));
        Assert.Equal("/home", (await SignInAsync(portal.Server.Visitor("en"), "forgot@signin.test", "teh manis sore hari")).Path);
        Assert.Equal("/sign-in", (await SignInAsync(portal.Server.Visitor("en"), "forgot@signin.test", Joining.Password)).Path);
    }

    [Fact]
    public async Task A_reset_link_lives_one_hour()
    {
        await portal.Server.JoinedAsync("hour@signin.test");
        var visitor = portal.Server.Visitor("en");
        await visitor.SubmitAsync(await visitor.GetAsync("/forgot-password"), "forgot-password", ("Email", "hour@signin.test"));
        var link = await portal.Server.LinkAsync("hour@signin.test", "reset-password");
        Assert.NotNull((await visitor.GetAsync(link)).Document.QuerySelector("input[type=password]"));

        portal.Server.Time.Advance(TimeSpan.FromMinutes(61));

        Assert.Null((await visitor.GetAsync(link)).Document.QuerySelector("input[type=password]"));
    }

    [Fact]
    public async Task Changing_the_password_asks_for_the_old_one_and_keeps_only_this_sign_in()
    {
        var (here, _) = await portal.Server.JoinedAsync("change@signin.test");
        var there = portal.Server.Visitor("en");
        await SignInAsync(there, "change@signin.test", Joining.Password);
        var wrong = await here.SubmitAsync(await here.GetAsync("/profile/password"), "change-password", ("Old", "not the old one"), ("Password", "teh manis sore hari"));
        Assert.NotNull(wrong.Document.QuerySelector("#f-old-error"));

        await here.SubmitAsync(await here.GetAsync("/profile/password"), "change-password", ("Old", Joining.Password), ("Password", "teh manis sore hari"));

        Assert.Equal("/profile/sessions", (await here.GetAsync("/profile/sessions")).Path);
        Assert.Equal("/sign-in", (await there.GetAsync("/profile/sessions")).Path);
    }

    private static async Task<HtmlPage> SignInAsync(Visitor visitor, string email, string password) =>
        await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in", ("Email", email), ("Password", password));
}

public sealed class SignInOnSqlite(SqlitePortal portal) : SignInTests(portal), IClassFixture<SqlitePortal>;

public sealed class SignInOnPostgres(PostgresPortal portal) : SignInTests(portal), IClassFixture<PostgresPortal>;
