using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.ApiKeys;
using Portal.Features.Catalogue;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Replies;
using Portal.Features.Complaints.Staff.Routing;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Features.Imports;
using Portal.Features.Imports.Staff;
using Portal.Features.Messages.Staff;
using Portal.Features.Programs.Codes;
using Portal.Features.Programs.Rules;
using Portal.Identity;
using Portal.Identity.ApiKeys;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Rewards;
using RewardsEngine.Values;
using Tests.Shared;
using Channel = Complaints.Cases.Channel;

namespace EndToEnd.Tests;

/// <summary>The people, purchases, vouchers and cases that the pages are shown with.</summary>
public sealed class Scene
{
    private readonly Dictionary<Persona, string> _emails = [];

    /// <summary>A real address for every page with parameters. A page with new ones needs a line in <see cref="SetAsync"/>.</summary>
    private readonly Dictionary<string, string> _samples = [];

    /// <summary>Addresses of things that belong to <see cref="Persona.Customer"/> alone.</summary>
    private readonly List<string> _owned = [];

    /// <summary>How the portal of these tests is configured.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Brand:Name"] = "Kopi Rimba",
        ["ReloadStaticAssetsAtRuntime"] = "false", // else files go out as in development: wrapped as gzip, but not made smaller
    };

    public IReadOnlyList<string> OwnedByCustomer => _owned;

    /// <summary>The sign-in address of a persona, null for nobody.</summary>
    public string? EmailOf(Persona persona) => _emails.GetValueOrDefault(persona);

    /// <summary>Where a page is found, with something real in the place of its parameters.</summary>
    public string Address(PortalPage page) => page.Template.Contains('{')
        ? SampleFor(page.Template) ?? throw new InvalidOperationException($"Scene names no sample address for {page.Template}.")
        : page.Template;

    /// <summary>The sample address of a template, or null where none is named.</summary>
    public string? SampleFor(string template) => _samples.GetValueOrDefault(template);

    public static async Task<Scene> SetAsync(PortalServer server)
    {
        var scene = new Scene();
        foreach (var role in Roles.All)
        {
            await server.StaffAsync(role);
            scene._emails[Enum.Parse<Persona>(role, ignoreCase: true)] = $"{role}@staff.test";
        }
        await FillCatalogueAsync(server);
        var customer = await scene.MemberAsync(server, Persona.Customer, "Ayu Lestari");
        await scene.MemberAsync(server, Persona.OtherCustomer, "Bima Putra");
        await scene.FillAsync(server, customer);
        return scene;
    }

    private static async Task FillCatalogueAsync(PortalServer server)
    {
        await using var db = server.OpenDatabase();
        db.AddRange(
            new RewardRow { Key = "kopi-susu", NameId = "Kopi susu gratis", NameEn = "Free milk coffee", DescriptionId = "Satu kopi susu ukuran biasa di semua gerai.", DescriptionEn = "One regular milk coffee in any store.", Points = 60, Icon = "coffee" },
            new RewardRow { Key = "potongan-25", NameId = "Potongan Rp25.000", NameEn = "Rp25,000 off", Kind = RewardKind.AmountOff, Value = 25_000, Points = 120, Stock = 40 },
            new RewardRow { Key = "tumbler", NameId = "Tumbler bambu", NameEn = "Bamboo tumbler", Points = 5_000, Stock = 0 });
        await db.SaveChangesAsync();
    }

    private async Task<MemberRow> MemberAsync(PortalServer server, Persona persona, string name)
    {
        var (_, member) = await server.CustomerAsync(m => m.Name = name);
        _emails[persona] = member.Email!;
        await server.JoinsAsync(member.Id);
        var today = DateTime.UtcNow;
        await server.BuysAsync(A.Purchase(member.Id, 240_000m, today.AddDays(-20)));
        await server.BuysAsync(A.Purchase(member.Id, 85_000m, today.AddDays(-3)));
        return member;
    }

    private async Task FillAsync(PortalServer server, MemberRow customer)
    {
        var receipt = await server.BuysAsync(A.Purchase(customer.Id, 1_250_000m, DateTime.UtcNow.AddDays(-1)));
        var redeemed = await server.Services.GetRequiredService<RedeemReward>().HandleAsync(customer.Id, "kopi-susu", Guid.NewGuid(), CancellationToken.None);
        _samples["/rewards/{Key}"] = "/rewards/kopi-susu";
        _samples["/rewards/{Key}/redeem"] = "/rewards/potongan-25/redeem";
        _samples["/staff/members/{Id:guid}"] = $"/staff/members/{customer.Id}";
        _samples["/staff/members/{Id:guid}/merge"] = $"/staff/members/{customer.Id}/merge";
        _samples["/staff/counter/{Code}/use"] = $"/staff/counter/{redeemed.Value.Code}/use";
        _samples["/staff/catalogue/{Key}"] = "/staff/catalogue/kopi-susu";
        _samples["/profile/edit/{Field}"] = "/profile/edit/birthday";
        Own("/vouchers/{Id:guid}", $"/vouchers/{redeemed.Value.Voucher}");
        Own("/transactions/{Id}", $"/transactions/p-{receipt.Purchase:N}");
        await using (var db = server.OpenDatabase())
            _samples["/staff/decisions/{Id:guid}"] = $"/staff/decisions/{await db.Set<ActivityRow>().Where(a => a.MemberId == customer.Id && a.Type == ActivityTypes.Purchase).Select(a => a.Id).FirstAsync()}";
        await ComplainAsync(server, customer, receipt.Purchase);
        await SetUpDeskAsync(server);
        await WriteRulesAsync(server);
        await MakeKeyAsync(server);
        await UploadAsync(server);
        await SendMailAsync(server, customer.Email!);
    }

    private async Task ComplainAsync(PortalServer server, MemberRow customer, Guid purchase)
    {
        var file = server.Services.GetRequiredService<FileComplaint>();
        var own = await file.HandleAsync(
            new(Guid.NewGuid(), customer.Id, Channel.Web, "id-ID", "product", "Kopi saya dingin dan gelasnya bocor.", "replacement", purchase, null, null, null), [], CancellationToken.None);
        var guest = await file.HandleAsync(
            new(Guid.NewGuid(), null, Channel.Web, "id-ID", "waiting", "Antrean di gerai Menteng terlalu lama.", "explanation", null, "Tono", "tono@guest.test", null), [], CancellationToken.None);
        Own("/complaints/{Reference}", $"/complaints/{own.Value.Reference}");
        _samples["/staff/complaints/{Reference}"] = $"/staff/complaints/{own.Value.Reference}";
        _samples["/staff/complaints/{Reference}/account"] = $"/staff/complaints/{guest.Value.Reference}/account?member={customer.Id.Value}";
        _samples["/case/{Token}"] = $"/case/{guest.Value.Token}";
    }

    private async Task SetUpDeskAsync(PortalServer server)
    {
        var (by, agent) = (await IdOfAsync(server, Persona.Manager), await IdOfAsync(server, Persona.Agent));
        var teams = server.Services.GetRequiredService<EditTeams>();
        var team = (await teams.SaveTeamAsync(null, "Layanan utama", null, by, CancellationToken.None)).Value;
        _ = (await teams.SaveAgentAsync(new() { UserId = agent, Teams = team }, by, CancellationToken.None)).Value;
        var rule = (await server.Services.GetRequiredService<EditRoutingRules>().SaveAsync(
            null, 0, new("Keamanan lebih dulu", "event.category = \"safety\"", team, null, false, Priority.Immediate, "keamanan"), by, CancellationToken.None)).Value;
        var reply = (await server.Services.GetRequiredService<CannedReplies>().SaveAsync(
            null, 0, new("Sedang diperiksa", "Halo {name}, kasus {reference} sedang kami periksa.", "Hello {name}, we are looking into case {reference}.", ["product"]), agent, CancellationToken.None)).Value;
        _samples["/staff/complaints/replies/{Id:guid}"] = $"/staff/complaints/replies/{reply}";
        _samples["/staff/complaints/calendars/{Id}"] = "/staff/complaints/calendars/office";
        _samples["/staff/complaints/reports/month/{Month}"] = $"/staff/complaints/reports/month/{DateTime.UtcNow:yyyy-MM}";
        _samples["/staff/complaints/reports/{name}.csv"] = "/staff/complaints/reports/cause.csv";
        _samples["/staff/complaints/teams/{Id:guid}"] = $"/staff/complaints/teams/{agent}";
        _samples["/staff/complaints/routing/{Id:guid}"] = $"/staff/complaints/routing/{rule}";
    }

    private async Task WriteRulesAsync(PortalServer server)
    {
        var by = await IdOfAsync(server, Persona.Manager);
        var edit = server.Services.GetRequiredService<EditRules>();
        foreach (var key in (string[])["weekend", "rainy-day"])
            _ = (await edit.CreateAsync(
                new()
                {
                    Id = new(key),
                    Name = new($"Poin {key}", $"Points {key}"),
                    Trigger = ActivityTypes.Purchase,
                    Condition = "order.total >= 100000",
                    Effects = [new FixedPoints { Points = 25 }],
                }, by, CancellationToken.None)).Value;
        _ = (await edit.PublishAsync(new("rainy-day"), await RevisionAsync(server, "rainy-day"), by, CancellationToken.None)).Value;
        _ = (await edit.StopAsync(new("rainy-day"), await RevisionAsync(server, "rainy-day"), forGood: false, by, CancellationToken.None)).Value;
        var codes = await server.Services.GetRequiredService<CodeBatches>().GenerateAsync(new("weekend"), "Selebaran", 1_000, 1, "AKHIR-", by, CancellationToken.None);
        _samples["/staff/rules/{Key}/backtest"] = "/staff/rules/weekend/backtest";
        _samples["/staff/rules/{Key}/codes"] = "/staff/rules/weekend/codes";
        _samples["/staff/rules/{Key}/codes/{Batch:guid}/void"] = $"/staff/rules/weekend/codes/{codes.Value}/void";
        _samples["/staff/codes/{id:guid}/codes.csv"] = $"/staff/codes/{codes.Value}/codes.csv";
        _samples["/staff/rules/{Key}"] = "/staff/rules/points-for-purchases";
        _samples["/staff/rules/{Key}/text"] = "/staff/rules/weekend/text";
        _samples["/staff/rules/{Key}/submit"] = "/staff/rules/weekend/submit";
        _samples["/staff/rules/{Key}/send-back"] = "/staff/rules/weekend/send-back";
        _ = (await server.Services.GetRequiredService<EditMessageTexts>().CreateAsync(
            new() { Key = "ulang-tahun", Purpose = "Marketing", SubjectId = "Selamat ulang tahun", SubjectEn = "Happy birthday", BodyId = "Ini hadiah Anda: {points}.", BodyEn = "Your gift: {points}." }, by, CancellationToken.None)).Value;
        _samples["/staff/messages/{Key}"] = "/staff/messages/ulang-tahun";
        _samples["/unsubscribe/{Token}"] = "/unsubscribe/" + await server.Services.GetRequiredService<UnsubscribeLinks>().TokenAsync(Guid.Empty, CancellationToken.None);
        _samples["/staff/rules/{Key}/publish"] = "/staff/rules/weekend/publish";
        _samples["/staff/rules/{Key}/pause"] = "/staff/rules/points-for-purchases/pause";
        _samples["/staff/rules/{Key}/resume"] = "/staff/rules/rainy-day/resume";
        _samples["/staff/rules/{Key}/end"] = "/staff/rules/points-for-purchases/end";
    }

    private static async Task<long> RevisionAsync(PortalServer server, string rule)
    {
        await using var db = server.OpenDatabase();
        return (await db.Set<RuleRow>().SingleAsync(r => r.Id == new RuleId(rule))).Revision;
    }

    private async Task MakeKeyAsync(PortalServer server)
    {
        var keys = server.Services.GetRequiredService<ManageKeys>();
        _ = (await keys.CreateAsync("Kasir Menteng", [ApiPolicies.PurchasesWrite], await IdOfAsync(server, Persona.Administrator), CancellationToken.None)).Value;
        _samples["/staff/keys/{Id:guid}/revoke"] = $"/staff/keys/{(await keys.ListAsync(CancellationToken.None))[0].Id}/revoke";
    }

    private async Task UploadAsync(PortalServer server)
    {
        using var file = new MemoryStream("Email,Name,Phone\nrudi@import.test,Rudi,+628111111111\n"u8.ToArray());
        using var scope = server.Services.CreateScope();
        var imports = scope.ServiceProvider.GetRequiredService<ManageImports>();
        var id = (await imports.ReceiveAsync("members.csv", file, ImportKind.Members, await IdOfAsync(server, Persona.Manager), CancellationToken.None)).Value;
        _samples["/staff/import/{Id:guid}"] = $"/staff/import/{id}";
        _samples["/staff/import/{id:guid}/refusals.csv"] = $"/staff/import/{id}/refusals.csv";
    }

    private async Task<Guid> IdOfAsync(PortalServer server, Persona persona)
    {
        var email = _emails[persona];
        await using var db = server.OpenDatabase();
        return await db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
    }

    private async Task SendMailAsync(PortalServer server, string address)
    {
        var visitor = server.Visitor();
        await visitor.SubmitAsync(await visitor.GetAsync("/forgot-password"), "forgot-password", ("Email", address));
        var mail = await server.MailToAsync(address, m => m.Text.Contains("/reset-password", StringComparison.Ordinal), CancellationToken.None);
        _samples["/dev/mailbox/{Id:guid}"] = $"/dev/mailbox/{mail.Id}";
        _samples["/dev/mailbox/{id:guid}/html"] = $"/dev/mailbox/{mail.Id}/html";
    }

    private void Own(string template, string address)
    {
        _samples[template] = address;
        _owned.Add(address);
    }
}
