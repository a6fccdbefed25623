using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>What the first view of a customer page costs on a phone plan, without script.</summary>
public sealed class WeightTests(BrowserPortal portal)
{
    private const int Limit = 100_000;

    public static TheoryData<string> Pages => PageList.Templates(p => !p.IsForStaff);

    [Theory, MemberData(nameof(Pages))]
    public async Task The_first_view_of_a_customer_page_weighs_at_most_100_kB(string template)
    {
        var page = PageList.Find(template);
        var context = await portal.NewContextAsync(page.Reader, script: false); // with an empty cache
        await using (context)
        {
            var requests = new ConcurrentQueue<IRequest>();
            context.RequestFinished += (_, request) => requests.Enqueue(request);
            var tab = await context.NewPageAsync();
            await tab.GotoAsync(portal.Scene.Address(page), new() { WaitUntil = WaitUntilState.Load });

            var sizes = new List<(string Url, int Bytes)>();
            foreach (var request in requests.ToArray())
            {
                var size = await request.SizesAsync();
                sizes.Add((request.Url, size.ResponseBodySize + size.ResponseHeadersSize));
            }
            var total = sizes.Sum(s => s.Bytes);
            Assert.NotEmpty(sizes);
            Assert.True(total <= Limit, $"{template} weighs {total:N0} bytes\n  {string.Join("\n  ", sizes.OrderByDescending(s => s.Bytes).Select(s => $"{s.Bytes,9:N0} {s.Url}"))}");
        }
    }
}
