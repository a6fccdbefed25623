using System.Globalization;
using AngleSharp.Html.Dom;
using Tests.Shared;

namespace EndToEnd.Tests;

/// <summary>Opens every page, and sends its forms, with a pause at each question to the database in turn.</summary>
public sealed class PauseWalkTests
{
    [Fact]
    public async Task A_page_can_be_drawn_at_whichever_question_the_database_makes_it_wait()
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database, new() { Settings = Scene.Settings, Services = services => { CommandCount.Show(services); Pauses.Add(services); } });
        var scene = await Scene.SetAsync(server);
        var found = new List<string>();
        foreach (var readers in PageList.All.GroupBy(p => p.Reader))
        {
            var visitor = scene.EmailOf(readers.Key) is { } email ? await server.SignedInAsync(email) : server.Visitor();
            foreach (var page in readers)
                for (var (pause, questions) = (1, 1); pause <= questions; pause++)
                {
                    using var answer = await AskAsync(visitor, new(HttpMethod.Get, scene.Address(page)), pause);
                    questions = Math.Max(questions, CommandCount.In(answer));
                    if ((int)answer.StatusCode >= 500)
                        found.Add($"GET {page.Template} at question {pause}");
                    else if (pause > 2) // at the first two the session is asked for
                        found.AddRange(await FormsAsync(visitor, page, await HtmlPage.ReadAsync(answer, new(visitor.Url, scene.Address(page))), pause));
                }
        }
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    // Emptied forms: most are refused and drawn again with what is wrong, few change anything.
    private static async Task<List<string>> FormsAsync(Visitor visitor, PortalPage page, HtmlPage shown, int pause)
    {
        var broken = new List<string>();
        foreach (var form in shown.Document.Forms.Where(f => f.Method == "post" && f.QuerySelector("input[name='_handler']") is not null))
        {
            var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(i => new KeyValuePair<string, string>(i.Name!, i.Value)).ToList();
            using var answer = await AskAsync(visitor, new(HttpMethod.Post, shown.Url) { Content = new FormUrlEncodedContent(fields) }, pause);
            if ((int)answer.StatusCode >= 500)
                broken.Add($"POST {page.Template} ({fields.First(f => f.Key == "_handler").Value}) at question {pause}");
        }
        return broken;
    }

    private static Task<HttpResponseMessage> AskAsync(Visitor visitor, HttpRequestMessage request, int pause)
    {
        request.Headers.Add(Pauses.Header, pause.ToString(CultureInfo.InvariantCulture));
        return visitor.SendAsync(request);
    }
}
