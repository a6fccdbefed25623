using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Tests.Shared;

/// <summary>What a browser would send for a form as it stands.</summary>
internal static class FormFields
{
    public static List<KeyValuePair<string, string>> Read(IHtmlFormElement form)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements.Where(e => !e.IsDisabled() && e.GetAttribute("name") is { Length: > 0 }))
        {
            var name = element.GetAttribute("name")!;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box when box.IsChecked:
                    values.Add(new(name, box.Value is { Length: > 0 } value ? value : "on"));
                    break;
                case IHtmlInputElement { Type: "checkbox" or "radio" or "file" or "submit" or "button" or "image" or "reset" }:
                    break;
                case IHtmlInputElement input:
                    values.Add(new(name, input.Value));
                    break;
                case IHtmlTextAreaElement area:
                    values.Add(new(name, area.Value));
                    break;
                case IHtmlSelectElement select:
                    values.AddRange(select.Options.Where(o => o.IsSelected).Select(o => new KeyValuePair<string, string>(name, o.Value)));
                    break;
                default:
                    break;
            }
        }
        return values;
    }

    /// <summary>The full name of a field, so that a test cannot post something that the page does not ask for.</summary>
    public static string Name(IHtmlFormElement form, string name)
    {
        var names = form.Elements.Select(e => e.GetAttribute("name")).OfType<string>().Distinct().ToList();
        return names.Find(n => n == name)
            ?? names.Find(n => n.EndsWith("." + name, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The form has no field '{name}'; it has {string.Join(", ", names)}.");
    }

    public static void Set(List<KeyValuePair<string, string>> values, string name, string? value)
    {
        values.RemoveAll(v => v.Key == name);
        if (value is not null)
            values.Add(new(name, value));
    }
}
