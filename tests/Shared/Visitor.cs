using System.Net;
using System.Text;
using AngleSharp.Html.Dom;

namespace Tests.Shared;

/// <summary>A person at a browser without script: keeps cookies, follows redirects, fills in the forms that the page shows.</summary>
public sealed class Visitor(HttpClient http, string language)
{
    private readonly CookieContainer _cookies = new();

    public Uri Url => http.BaseAddress!;

    public void SetCookie(string name, string value) => _cookies.Add(Url, new Cookie(name, value));

    public IEnumerable<Cookie> Cookies => _cookies.GetCookies(Url);

    /// <summary>One request; redirects are not followed.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => SendAsync(request, HttpCompletionOption.ResponseContentRead, CancellationToken.None);

    /// <summary>A request whose answer goes on: returns with the headers. Dispose the answer to hang up.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancel, string? lastEvent = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Accept = { new("text/event-stream") } } };
        if (lastEvent is not null)
            request.Headers.Add("Last-Event-ID", lastEvent);
        return SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken cancel)
    {
        var target = new Uri(Url, request.RequestUri!);
        request.RequestUri = target;
        if (_cookies.GetCookieHeader(target) is { Length: > 0 } header)
            request.Headers.Add("Cookie", header);
        if (request.Headers.AcceptLanguage.Count == 0)
            request.Headers.AcceptLanguage.ParseAdd(language);
        var response = await http.SendAsync(request, until, cancel);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set)
                _cookies.SetCookies(target, cookie);
        return response;
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null) =>
        SendAsync(new HttpRequestMessage(method, path) { Content = content });

    public Task<HtmlPage> GetAsync(string path) => FollowAsync(new(HttpMethod.Get, path));

    /// <summary>Submits a form of the page as it stands, with these fields changed.</summary>
    /// <param name="form">CSS selector of the form, or its Blazor form name.</param>
    /// <param name="fields">Name as in the page, or the part after the last dot, and value; null unticks a box.</param>
    public Task<HtmlPage> SubmitAsync(HtmlPage page, string form, params (string Name, string? Value)[] fields) =>
        SubmitAsync(page, form, fields, []);

    /// <inheritdoc cref="SubmitAsync(HtmlPage, string, ValueTuple{string, string?}[])"/>
    public Task<HtmlPage> SubmitAsync(
        HtmlPage page, string form, IReadOnlyList<(string Name, string? Value)> fields, IReadOnlyList<UploadedFile> files)
    {
        var element = page.Form(form);
        var values = FormFields.Read(element);
        foreach (var (name, value) in fields)
            FormFields.Set(values, FormFields.Name(element, name), value);
        var target = new Uri(page.Url, element.GetAttribute("action") is { Length: > 0 } action ? action : page.Url.ToString());
        if (element.Method.Equals("get", StringComparison.OrdinalIgnoreCase))
            return FollowAsync(new(HttpMethod.Get, new UriBuilder(target) { Query = Encode(values) }.Uri));
        return FollowAsync(new(HttpMethod.Post, target) { Content = Body(element, values, files) });
    }

    private static HttpContent Body(IHtmlFormElement form, List<KeyValuePair<string, string>> values, IReadOnlyList<UploadedFile> files)
    {
        if (form.Enctype != "multipart/form-data")
            return files.Count == 0 ? new FormUrlEncodedContent(values) : throw new InvalidOperationException("This form takes no files.");
        var body = new MultipartFormDataContent();
        foreach (var (name, value) in values)
            body.Add(new StringContent(value, Encoding.UTF8), name);
        foreach (var file in files)
            body.Add(new ByteArrayContent(file.Content) { Headers = { ContentType = new(file.ContentType) } }, FormFields.Name(form, file.Field), file.Name);
        return body;
    }

    private static string Encode(IEnumerable<KeyValuePair<string, string>> values) =>
        string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Key)}={Uri.EscapeDataString(v.Value)}"));

    private async Task<HtmlPage> FollowAsync(HttpRequestMessage request)
    {
        for (var hops = 0; hops < 8; hops++)
        {
            var response = await SendAsync(request);
            if (response.Headers.Location is not { } location || (int)response.StatusCode is < 300 or > 399)
                return await HtmlPage.ReadAsync(response, request.RequestUri!);
            request = new(HttpMethod.Get, new Uri(request.RequestUri!, location));
        }
        throw new InvalidOperationException($"More than eight redirects, last to {request.RequestUri}.");
    }
}

/// <summary>A file put into the field of a form.</summary>
public sealed record UploadedFile(string Field, string Name, string ContentType, byte[] Content);
