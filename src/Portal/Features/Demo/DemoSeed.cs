using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Identity;
using Portal.Identity.Accounts;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Programmes;

namespace Portal.Features.Demo;

/// <summary>One row in a database that holds the sample company: how far its history is filled.</summary>
public sealed class DemoRow
{
    public int Id { get; init; } = 1;

    /// <summary>The day the history ends: the day the database was made.</summary>
    public required DateOnly Until { get; init; }

    public required int Members { get; init; }
    public int Done { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DemoRow>
    {
        public void Configure(EntityTypeBuilder<DemoRow> row)
        {
            row.ToTable("demo");
            row.Property(d => d.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>An account that anyone may try the demo with.</summary>
internal sealed record DemoAccount(string Email, string Name, string Language, string? Role);

/// <summary>
/// Sets the sample company up in an empty database: programme, rules, catalogue, accounts. Quick; the members' year of
/// purchases is filled by <see cref="DemoHistory"/> while the portal already answers.
/// </summary>
internal sealed class DemoSeed(
    PortalDb db, Settings settings, ProgrammeStore store, RuleBook rules, NewAccount accounts, DemoHistory history, IOptions<PortalOptions> options, TimeProvider time) : ISeed
{
    public const string Password = "kopi-rimba-2026";
    private const int Members = 300;

    public static readonly IReadOnlyList<DemoAccount> Accounts =
    [
        new("sari@kopirimba.example", "Sari Wulandari", "id-ID", null),
        new("james@kopirimba.example", "James Carter", "en", null),
        new("agen@kopirimba.example", "Rina Agustina", "id-ID", Roles.Agent),
        new("pemasaran@kopirimba.example", "Dimas Prasetyo", "id-ID", Roles.Marketer),
        new("manajer@kopirimba.example", "Maya Hartono", "id-ID", Roles.Manager),
        new("admin@kopirimba.example", "Arif Nugroho", "id-ID", Roles.Administrator),
    ];

    // Before the starter programme, which then finds a programme and leaves it alone.
    public int Order => 50;

    public async Task SeedAsync(CancellationToken cancel)
    {
        if (!settings.DemoEnabled || await db.Set<RuleSetHeadRow>().AnyAsync(cancel) || await db.Users.AnyAsync(cancel) || await db.Set<MemberRow>().AnyAsync(cancel))
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var currency = options.Value.ProgrammeCurrency;
        var all = DemoProgramme.Rules();
        await store.PublishAsync(db, [.. all], [], DemoProgramme.Programme(currency, options.Value.TimeZone), by: null, cancel);
        foreach (var rule in all)
            rules.AddPublished(db, rule);
        db.AddRange(DemoCatalogue.Rewards(time.UtcNow()));
        var staff = await AddStaffAsync(cancel);
        db.AddRange(DemoMessages.Texts(staff[Roles.Marketer], time.UtcNow()));
        DemoDesk.SetUp(db, staff[Roles.Agent], staff[Roles.Manager], time.UtcNow());
        db.Add(new DemoRow { Until = DateOnly.FromDateTime(time.UtcNow()), Members = Members });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        // The two who can sign in have their history from the first page on.
        await history.FillAsync(atMost: Accounts.Count(a => a.Role is null), cancel);
    }

    private async Task<Dictionary<string, Guid>> AddStaffAsync(CancellationToken cancel)
    {
        Dictionary<string, Guid> added = [];
        var roles = await db.Roles.ToDictionaryAsync(r => r.Name!, r => r.Id, cancel);
        foreach (var account in Accounts.Where(a => a.Role is not null))
        {
            var user = accounts.Create(account.Name, account.Email, account.Language, Password, emailProven: true);
            db.Add(user);
            db.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = roles[account.Role!] });
            added[account.Role!] = user.Id;
        }
        return added;
    }
}
