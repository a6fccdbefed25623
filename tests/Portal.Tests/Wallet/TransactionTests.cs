using System.Net;
using System.Text;
using Portal.Platform;
using Portal.Rewarding;
using Tests.Shared;

namespace Portal.Tests.Wallet;

public abstract class TransactionTests(PortalFixture portal)
{
    [Fact]
    public async Task A_purchase_says_which_rule_gave_what_with_its_arithmetic()
    {
        var (visitor, _) = await ShopperAsync();

        var list = await visitor.GetAsync("/transactions?show=purchases&lang=en");
        var link = list.Document.QuerySelector("main a[href^='/transactions/p-']")!.GetAttribute("href");
        var page = await visitor.GetAsync(link + "?lang=en");

        Assert.Contains("Points for purchases", page.Text, StringComparison.Ordinal);
        Assert.Contains("+24", page.Text, StringComparison.Ordinal);
        Assert.Contains("Rp240,000", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_of_somebody_else_does_not_exist()
    {
        var (visitor, _) = await ShopperAsync();
        var (other, _) = await ShopperAsync();
        var link = (await visitor.GetAsync("/transactions?show=purchases")).Document.QuerySelector("main a[href^='/transactions/p-']")!.GetAttribute("href")!;

        Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(HttpMethod.Get, link)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Get, link)).StatusCode);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_kind_day_and_words_and_the_file_holds_the_same()
    {
        var (visitor, _) = await ShopperAsync();

        Assert.Equal(2, await EntriesAsync(visitor, "/transactions"));
        Assert.Equal(1, await EntriesAsync(visitor, "/transactions?show=purchases"));
        Assert.Equal(1, await EntriesAsync(visitor, "/transactions?show=points"));
        Assert.Equal(0, await EntriesAsync(visitor, "/transactions?to=2020-01-01"));
        Assert.Equal(0, await EntriesAsync(visitor, "/transactions?q=teh"));
        var file = await visitor.SendAsync(HttpMethod.Get, "/transactions/export.csv?show=purchases");
        Assert.Equal(2, (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("/home")]
    [InlineData("/offers")]
    [InlineData("/")]
    public async Task A_page_made_from_the_live_rules_answers_in_both_languages(string path)
    {
        var (visitor, _) = await ShopperAsync();

        Assert.Contains("poin", (await visitor.GetAsync(path + "?lang=id-ID")).Text, StringComparison.Ordinal);
        Assert.Contains("point", (await visitor.GetAsync(path + "?lang=en")).Text, StringComparison.Ordinal);
    }

    private async Task<(Visitor Visitor, MemberRow Member)> ShopperAsync()
    {
        var (visitor, member) = await portal.Server.CustomerAsync();
        await portal.Server.JoinsAsync(member.Id);
        await portal.Server.BuysAsync(A.Purchase(member.Id, 240_000m, portal.Server.Time.GetUtcNow().UtcDateTime));
        return (visitor, member);
    }

    private static async Task<int> EntriesAsync(Visitor visitor, string path) =>
        (await visitor.GetAsync(path)).Document.QuerySelectorAll("main a.entry").Length;
}

public sealed class TransactionsOnSqlite(SqlitePortal portal) : TransactionTests(portal), IClassFixture<SqlitePortal>;

public sealed class TransactionsOnPostgres(PostgresPortal portal) : TransactionTests(portal), IClassFixture<PostgresPortal>;

public sealed class CsvTests
{
    [Fact]
    public void A_text_that_begins_like_a_formula_is_not_run_by_a_spreadsheet_and_numbers_stay_numbers()
    {
        var line = new StringBuilder();

        Csv.Line(line, "=1+1", "-12.50", "@x", "a,\"b\"", null);

        Assert.Equal("'=1+1,-12.50,'@x,\"a,\"\"b\"\"\",\r\n", line.ToString());
    }
}
