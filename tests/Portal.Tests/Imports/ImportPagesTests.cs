using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Imports;
using Portal.Features.Imports.Staff;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Purchases;
using Tests.Shared;

namespace Portal.Tests.Imports;

/// <summary>Files through the staff pages: bad rows, repeats, stopping and going on.</summary>
public abstract class ImportPagesTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bad_lines_are_listed_and_good_ones_stored_and_the_same_file_adds_nothing_twice()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        const string file = """
            receipt,date,sku,name,category,quantity,unit_price,customer,store
            A-1,2026-09-01 10:00,kopi,Kopi,coffee,2,25000,C-1,Menteng
            A-2,2026-13-01 10:00,kopi,Kopi,coffee,1,25000,C-1,Menteng
            A-3,2026-09-02 10:00,kopi,Kopi,coffee,1,abc,C-2,Menteng
            A-4,2026-09-02 11:00,roti,Roti,pastry,1,18000,C-2,Menteng
            """;

        var page = await UploadAsync(staff, file, ImportKind.Transactions);
        Assert.Equal("receipt", page.Element("[name='Form.Columns[Document]'] option[selected]").GetAttribute("value"));
        var trial = await RunAsync(staff, page, "check", ImportState.Checked);
        Assert.Equal((2, 2), (trial.Purchases, (int)trial.LinesRefused));
        await using (var db = portal.Server.OpenDatabase())
            Assert.False(await db.Set<PurchaseRow>().AnyAsync(p => p.Reference == "A-1", Cancel));

        var done = await RunAsync(staff, await staff.GetAsync(page.Path), "run", ImportState.Done);

        Assert.Equal((2, 2, 2), (done.Purchases, (int)done.LinesRefused, done.MembersAdded));
        var shown = await staff.GetAsync(page.Path);
        Assert.Contains("the date cannot be read (2026-13-01 10:00)", shown.Text, StringComparison.Ordinal);
        var csv = await (await staff.SendAsync(HttpMethod.Get, page.Path + "/refusals.csv")).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("A-3", csv, StringComparison.Ordinal);
        var again = await RunAsync(staff, await UploadAsync(staff, file, ImportKind.Transactions), "run", ImportState.Done);
        Assert.Equal((0, 2, 0), (again.Purchases, again.Known, again.MembersAdded));
    }

    [Fact]
    public async Task Lines_of_tills_that_wrote_side_by_side_find_their_documents()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        const string file = """
            receipt,date,sku,name,category,quantity,unit_price,customer,store
            W-1,2026-09-01 10:00,kopi,Kopi,coffee,2,25000,W-C1,Menteng
            W-2,2026-09-01 10:01,roti,Roti,pastry,1,18000,W-C2,Menteng
            W-1,2026-09-01 10:00,roti,Roti,pastry,1,18000,W-C1,Menteng
            ,2026-09-01 10:02,roti,Roti,pastry,1,18000,W-C1,Menteng
            W-2,2026-09-01 10:01,kopi,Kopi,coffee,1,25000,W-C2,Menteng
            """;

        var done = await RunAsync(staff, await UploadAsync(staff, file, ImportKind.Transactions), "run", ImportState.Done);

        Assert.Equal((2, 4, 1), (done.Purchases, (int)done.LinesTaken, (int)done.LinesRefused));
        await using var db = portal.Server.OpenDatabase();
        var totals = await db.Set<PurchaseRow>().Where(p => p.Reference == "W-1" || p.Reference == "W-2").OrderBy(p => p.Reference).Select(p => p.Gross).ToListAsync(Cancel);
        Assert.Equal([68_000, 43_000], totals);
    }

    [Fact]
    public async Task A_stopped_import_goes_on_where_it_stopped()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var file = new StringBuilder("receipt,date,sku,name,category,quantity,unit_price,customer,store\n");
        for (var i = 0; i < 600; i++)
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"S-{i},2026-09-01 10:00,kopi,Kopi,coffee,1,25000,D-{i % 7},Menteng\n");
        var page = await UploadAsync(staff, file.ToString(), ImportKind.Transactions);
        var id = Guid.Parse(page.Path.Split('/')[^1]);
        // As if a node had stored the first batch and a person had stopped it then.
        var manage = portal.Server.Services.GetRequiredService<ManageImports>();
        await using (var db = portal.Server.OpenDatabase())
        {
            var content = await db.Set<ImportFileRow>().Where(f => f.ImportId == id).Select(f => f.Content).SingleAsync(Cancel);
            var map = ImportMap.Parse((await manage.FindAsync(id, Cancel))!.Map!);
            using var stop = new CancellationTokenSource();
            Portal.Rewarding.RewardingWork? seen = null;
            var transactions = portal.Server.Services.GetRequiredService<ImportTransactions>();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transactions.RunAsync(new MemoryStream(content), map, false, 0, async (work, batch) =>
            {
                if (seen is not null)
                    throw new OperationCanceledException();
                seen = work;
                await work.Db.Set<ImportRow>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s
                    .SetProperty(r => r.State, ImportState.Cancelled).SetProperty(r => r.LastLine, batch.LastLine)
                    .SetProperty(r => r.Purchases, batch.Purchases).SetProperty(r => r.Lines, batch.Lines), Cancel);
            }, stop.Token));
        }
        var stopped = (await manage.FindAsync(id, Cancel))!;
        Assert.Equal(250, stopped.Purchases);

        await staff.SubmitAsync(await staff.GetAsync(page.Path), "continue");

        var done = await WaitAsync(id, ImportState.Done);
        Assert.Equal((600, 0, 600L), (done.Purchases, done.Known, done.Lines));
        await using var stored = portal.Server.OpenDatabase();
        Assert.Equal(600, await stored.Set<PurchaseRow>().CountAsync(p => p.Reference.StartsWith("S-"), Cancel));
    }

    [Fact]
    public async Task An_import_whose_node_died_is_taken_over_when_its_lease_ends_and_stops_when_somebody_wants_it()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var page = await UploadAsync(staff, "receipt,date,sku,name,category,quantity,unit_price,customer,store\nL-1,2026-09-01 10:00,kopi,Kopi,coffee,1,25000,,Menteng\n", ImportKind.Transactions);
        var id = Guid.Parse(page.Path.Split('/')[^1]);
        DateTime? over = portal.Server.Time.GetUtcNow().UtcDateTime.AddSeconds(-1);
        Guid? dead = Guid.NewGuid();
        await using (var db = portal.Server.OpenDatabase())
        {
            await db.Set<ImportRow>().Where(i => i.Id == id).ExecuteUpdateAsync(s => s
                .SetProperty(i => i.State, ImportState.Running).SetProperty(i => i.CancelWanted, true).SetProperty(i => i.LeaseOwner, dead).SetProperty(i => i.LeaseUntil, over), Cancel);
        }

        await WaitAsync(id, ImportState.Cancelled);

        await using var after = portal.Server.OpenDatabase();
        Assert.False(await after.Set<PurchaseRow>().AnyAsync(p => p.Reference == "L-1", Cancel));
    }

    [Fact]
    public async Task Members_are_added_without_a_sign_in_and_known_ones_get_only_what_was_empty()
    {
        var staff = await portal.Server.StaffAsync(Roles.Manager, "en");
        var (_, known) = await portal.Server.CustomerAsync(m => (m.Name, m.City, m.EmailConfirmedAt) = ("Ayu Lestari", null, new DateTime(2026, 1, 6, 0, 0, 0, DateTimeKind.Utc)));
        var file = $"number,email,name,phone,birthday,city\nM-1,baru@anggota.test,Budi,0812,1990-05-01,Bandung\n,{known.Email},Nama Lain,,,Bogor\n,,Tanpa,,,\nM-2,bukan-email,X,,,\nM-3,,Citra,,31/02/1990,\n";

        var done = await RunAsync(staff, await UploadAsync(staff, file, ImportKind.Members), "run", ImportState.Done);

        Assert.Equal((1, 1, 3L), (done.MembersAdded, done.MembersChanged, done.LinesRefused));
        await using var db = portal.Server.OpenDatabase();
        var added = await db.Set<MemberRow>().SingleAsync(m => m.ExternalNumber == "M-1", Cancel);
        Assert.Equal((null, "baru@anggota.test", null, new DateOnly(1990, 5, 1)), (added.UserId, added.Email, added.EmailConfirmedAt, added.Birthday!.Value));
        var filled = await db.Set<MemberRow>().SingleAsync(m => m.Id == known.Id, Cancel);
        Assert.Equal(("Ayu Lestari", "Bogor"), (filled.Name, filled.City));
        var again = await RunAsync(staff, await UploadAsync(staff, file, ImportKind.Members), "run", ImportState.Done);
        Assert.Equal((0, 0, 2), (again.MembersAdded, again.MembersChanged, again.Known));
    }

    private static async Task<HtmlPage> UploadAsync(Visitor staff, string content, ImportKind kind)
    {
        var page = await staff.SubmitAsync(await staff.GetAsync("/staff/import"), "upload", [("Form.Kind", kind.ToString())],
            [new("Form.File", "data.csv", "text/csv", Encoding.UTF8.GetBytes(content))]);
        Assert.Matches("^/staff/import/[0-9a-f-]{36}$", page.Path);
        return page;
    }

    private async Task<ImportRow> RunAsync(Visitor staff, HtmlPage page, string action, ImportState expected)
    {
        var values = new[] { ("Form.Do", (string?)action) };
        await staff.SubmitAsync(page, "mapping", values);
        return await WaitAsync(Guid.Parse(page.Path.Split('/')[^1]), expected);
    }

    /// <summary>The background work of the program itself does it.</summary>
    private async Task<ImportRow> WaitAsync(Guid id, ImportState expected)
    {
        var manage = portal.Server.Services.GetRequiredService<ManageImports>();
        for (var tries = 0; tries < 600; tries++)
        {
            var row = (await manage.FindAsync(id, Cancel))!;
            if (row.State == expected)
                return row;
            Assert.NotEqual(ImportState.Failed, row.State);
            await Task.Delay(100, Cancel);
        }
        throw new TimeoutException($"The import did not become {expected} within a minute.");
    }
}

public sealed class ImportPagesOnSqlite(SqlitePortal portal) : ImportPagesTests(portal), IClassFixture<SqlitePortal>;

public sealed class ImportPagesOnPostgres(PostgresPortal portal) : ImportPagesTests(portal), IClassFixture<PostgresPortal>;
