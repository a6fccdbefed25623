namespace Portal.Ui.Components;

public enum ButtonKind { Primary, Secondary, Quiet, Danger }

/// <summary>Class names shared by several components.</summary>
internal static class Look
{
    public static string Css(ButtonKind kind, bool full, bool small) =>
        "button " + kind.ToString().ToLowerInvariant() + (full ? " full" : "") + (small ? " small" : "");

    public static string StatusIcon(StatusKind kind) => kind switch
    {
        StatusKind.Good => "circle-check",
        StatusKind.Warn => "triangle-alert",
        StatusKind.Bad => "circle-alert",
        _ => "info",
    };
}
