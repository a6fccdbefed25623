using Microsoft.AspNetCore.Components.Forms;
using Portal.Platform;

namespace Portal.Ui;

/// <summary>Puts the refusals of a use case where they belong: at the field, or above the form.</summary>
public sealed class FormProblems(EditContext form)
{
    private readonly ValidationMessageStore _messages = new(form);

    /// <summary>What concerns the whole form.</summary>
    public IReadOnlyList<string> General { get; private set; } = [];

    public void Show(IEnumerable<Refusal> refusals, Func<Refusal, string> words)
    {
        _messages.Clear();
        var general = new List<string>();
        foreach (var refusal in refusals)
        {
            if (refusal.Field is { } field)
                _messages.Add(new FieldIdentifier(form.Model, field), words(refusal));
            else
                general.Add(words(refusal));
        }
        General = general;
        form.NotifyValidationStateChanged();
    }
}
